import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useNow } from '../../ui/use-now.ts'
import { seconds } from '../seconds.ts'
import type { Approval, MpcState } from './mpc-work.ts'

interface Props {
  message: string
  username: string
  state: MpcState
  onWrite: (message: string) => void
  onSign: () => void
  onCancel: () => void
}

/** What is to be signed, and the approval of it. */
export function MpcMessage({ message, username, state, onWrite, onSign, onCancel }: Props) {
  const { key, approval, busy, held, work } = state
  const bytes = new TextEncoder().encode(message).length
  const asking = busy && work?.kind === 'sign' && approval && approval.at === undefined
  const missing = !held
    ? 'This browser holds no share: recover it first.'
    : message === ''
      ? 'Write what is to be signed.'
      : undefined
  return (
    <div>
      <div className="flex items-end gap-2">
        <TextField
          id="mpc-message"
          label="Message"
          hint={`${bytes} ${bytes === 1 ? 'byte' : 'bytes'}, as text`}
          className="min-w-0 flex-1"
          value={message}
          onChange={(event) => onWrite(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && !missing && !busy && onSign()}
        />
        <Button
          look={held ? 'primary' : 'secondary'}
          aria-describedby="mpc-sign-note"
          onClick={() => missing || busy || onSign()}
        >
          Sign
        </Button>
      </div>
      <p id="mpc-sign-note" className="mt-1.5 text-[13px] text-soft">
        {missing ??
          (key?.policy.approval === 'always'
            ? `It will ask for ${username}’s passkey.`
            : 'Its policy asks for no passkey.')}
      </p>
      {approval ? (
        <Approved
          approval={approval}
          label={key?.label ?? ''}
          username={username}
          since={asking ? work.startedAt : undefined}
          onCancel={onCancel}
        />
      ) : null}
    </div>
  )
}

interface ApprovedProps {
  approval: Approval
  label: string
  username: string
  /** While the passkey is waited for. */
  since: number | undefined
  onCancel: () => void
}

function Approved({ approval, label, username, since, onCancel }: ApprovedProps) {
  const { title, keyId, hash, at } = approval
  return (
    <section
      aria-label="Approval"
      className={`mt-2.5 rounded-xl border px-3 py-2.5 ${since === undefined ? 'border-line bg-sunk' : 'border-accent bg-accent-wash'}`}
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
      <p className="font-semibold text-[15px]">{title}</p>
      {at === undefined ? (
        <dl className="mt-1 grid grid-cols-[64px_minmax(0,1fr)] gap-x-2.5 gap-y-0.5 text-[13px]">
          <dt className="text-faint">Key</dt>
          <dd className="truncate">
            {label}, {keyId}
          </dd>
          <dt className="text-faint">Hash</dt>
          <dd className="truncate font-mono">{`${hash.slice(0, 8)}…${hash.slice(-8)}`}</dd>
        </dl>
      ) : (
        <p className="text-[13px] text-soft">The challenge was its hash. Used once.</p>
      )}
      {since === undefined ? null : <Wait username={username} since={since} onCancel={onCancel} />}
    </section>
  )
}

function Wait({ username, since, onCancel }: { username: string; since: number; onCancel: () => void }) {
  const now = useNow(100) ?? since
  return (
    <p className="mt-2 flex items-center gap-2 border-line-strong border-t pt-2 text-[13px] text-soft">
      Waiting for {username} <span className="font-mono tabular-nums">{seconds(Math.max(0, now - since))}</span>
      <Button look="small" className="ml-auto" onClick={onCancel}>
        Cancel
      </Button>
    </p>
  )
}
