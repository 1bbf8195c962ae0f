import { Button } from '../ui/button.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'
import { useNow } from '../ui/use-now.ts'
import type { Mistaken } from './options/option-mistake.ts'
import type { Run } from './run.ts'

interface StatusProps {
  run: Run | undefined
  /** What kept the last press from starting anything. */
  stoppedBy: Mistaken | undefined
  onCancel: () => void
  /** Takes the next step, where there is one. */
  onNext?: (() => void) | undefined
}

const waiting = {
  server: { title: 'Waiting for the server', note: 'It prepares the ceremony, or verifies its result.' },
  authenticator: {
    title: 'Waiting for your authenticator',
    note: 'Follow your browser’s dialogue: a finger, a face, a PIN or a security key.',
  },
  browser: { title: 'The browser is at work', note: 'It prepares the next message.' },
} as const

/** The ceremony in one line. A live region: what it says is heard, the ticking seconds are not. */
export function Status({ run, stoppedBy, onCancel, onNext }: StatusProps) {
  const working = run?.status === 'working'
  const words = stoppedBy ? wordsOfMistake(stoppedBy) : wordsOf(run)
  const shown = stoppedBy || (run && !run.failure)
  return (
    <div className={shown ? 'flex flex-wrap items-center gap-3 border-line border-b px-4 py-3 sm:px-5' : ''}>
      {working ? (
        <span
          aria-hidden="true"
          className="size-4 shrink-0 animate-spin rounded-full border-2 border-line-strong border-t-accent"
        />
      ) : stoppedBy ? (
        <Mark icon="cross" look="bg-bad-wash text-bad" />
      ) : run?.status === 'success' ? (
        <Mark icon="check" look="bg-ok-wash text-ok" />
      ) : null}
      <output
        data-testid="status"
        data-state={run?.status ?? 'idle'}
        className={shown ? 'min-w-0 flex-1 basis-0' : 'sr-only'}
      >
        <span className="font-semibold">{words.title}</span> <span className="text-[13px] text-soft">{words.note}</span>
      </output>
      {working ? (
        <>
          <Elapsed since={run.startedAt} />
          <Button look="small" onClick={onCancel}>
            Cancel
          </Button>
        </>
      ) : null}
      {/* On a phone the set-up with its buttons is out of sight by now. */}
      {run?.registered && onNext ? (
        <Button className="w-full lg:hidden" onClick={onNext}>
          Use it to sign in
        </Button>
      ) : null}
    </div>
  )
}

function Mark({ icon, look }: { icon: IconName; look: string }) {
  return (
    <span aria-hidden="true" className={`grid size-[22px] shrink-0 place-items-center rounded-full ${look}`}>
      <Icon name={icon} className="size-3.5 stroke-2" />
    </span>
  )
}

function Elapsed({ since }: { since: number }) {
  const now = useNow(100) ?? since
  return (
    <span aria-hidden="true" className="font-mono text-[13px] text-soft tabular-nums max-sm:hidden">
      {(Math.max(0, now - since) / 1000).toFixed(1)} s
    </span>
  )
}

function wordsOfMistake({ ceremony, option, words }: Mistaken): { title: string; note: string } {
  return {
    title: `Not started: the ${ceremony}’s option ${option.title} has a mistake.`,
    note: `${words} Put it right, or empty it, then press the button again.`,
  }
}

function wordsOf(run: Run | undefined): { title: string; note: string } {
  if (!run) return { title: '', note: '' }
  if (run.status === 'working') return waiting[run.waitingFor ?? 'server']
  if (run.failure) return { title: `${run.failure.what}.`, note: `${run.failure.why} ${run.failure.todo}` }
  const took = `${((run.took ?? 0) / 1000).toFixed(1)} s`
  if (run.registered) {
    const { passkey, user } = run.registered
    const where = passkey.provider ? ` in ${passkey.provider}` : ''
    const kind = passkey.deviceType === 'multiDevice' ? 'It syncs between devices.' : 'It stays on its authenticator.'
    return { title: `${user.username} has a passkey${where}.`, note: `${kind} Took ${took}. Next: Authenticate.` }
  }
  return { title: `${run.authenticated?.user.username} is signed in.`, note: `Took ${took}.` }
}
