import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useNow } from '../../ui/use-now.ts'
import { seconds } from '../seconds.ts'
import type { Approval, MpcState } from './mpc-work.ts'

interface Props {
  state: MpcState
  approval: Approval
  username: string
  onCancel: () => void
}

/** What is approved, while the passkey is waited for and afterwards. */
export function MpcApproval({ state: { key, busy, work }, approval, username, onCancel }: Props) {
  const { title, keyId, hash, at } = approval
  const asking = busy && at === undefined
  if (at === undefined && !asking) return null
  return (
    <section
      aria-label="Approval"
      className={`mt-2.5 rounded-xl border px-3 py-2.5 ${asking ? 'border-accent bg-accent-wash' : 'border-line bg-sunk'}`}
    >
      {at === undefined ? (
        <p className="text-[13px] text-soft">Approve</p>
      ) : (
        <p className="flex items-center gap-2 text-[13px] text-soft">
          <Icon name="check" className="size-4 text-ok" />
          Approved with {username}’s passkey
          <span className="ml-auto tabular-nums">{new Date(at).toLocaleTimeString('en-GB')}</span>
        </p>
      )}
      <p className="break-words font-semibold text-[15px]">{title}</p>
      {at === undefined ? (
        <dl className="mt-1 grid grid-cols-[64px_minmax(0,1fr)] gap-x-2.5 gap-y-0.5 text-[13px]">
          <dt className="text-faint">Key</dt>
          <dd className="truncate">
            {key?.label}, {keyId}
          </dd>
          {hash ? (
            <>
              <dt className="text-faint">Hash</dt>
              <dd className="truncate font-mono">{`${hash.slice(0, 8)}…${hash.slice(-8)}`}</dd>
            </>
          ) : null}
        </dl>
      ) : (
        <p className="text-[13px] text-soft">The challenge committed to this. Used once.</p>
      )}
      {asking && work ? <Wait username={username} since={work.startedAt} onCancel={onCancel} /> : null}
    </section>
  )
}

function Wait({ username, since, onCancel }: { username: string; since: number; onCancel: () => void }) {
  const now = useNow(100) ?? since
  return (
    <div className="mt-2 flex items-center gap-2 border-line-strong border-t pt-2 text-[13px] text-soft">
      <span
        aria-hidden="true"
        className="size-3.5 animate-spin rounded-full border-2 border-line-strong border-t-accent motion-reduce:animate-none"
      />
      Waiting for {username} <span className="font-mono tabular-nums">{seconds(Math.max(0, now - since))}</span>
      <Button look="small" className="ml-auto" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  )
}
