import { StepDot } from '../ui/step-dot.tsx'
import { useNow } from '../ui/use-now.ts'
import { shownName } from './setup/tenant-mark.tsx'
import type { Session, State } from './state.ts'
import { pairOf } from './state.ts'

interface Step {
  title: string
  note: string
  done: boolean
}

/** The story in five steps, which is also the progress: the first that is not done is the current one. */
export function Steps({ state, hasPasskey }: { state: State; hasPasskey: boolean }) {
  const pair = pairOf(state.apiKey, state.username)
  const session = state.sessions[pair]
  const now = useNow(15_000, Boolean(session))
  const steps = stepsOf(state, hasPasskey, session, now ?? Date.now())
  const current = steps.findIndex(({ done }) => !done)
  return (
    <ol aria-label="Steps" className="@container grid grid-cols-5 rounded-card border border-line bg-card shadow-lift">
      {steps.map(({ title, note, done }, index) => (
        <li
          key={title}
          aria-current={index === current ? 'step' : undefined}
          className="grid min-w-0 grid-cols-1 justify-items-center gap-x-2.5 gap-y-1 border-line px-0 py-2.5 @2xl:grid-cols-[22px_minmax(0,1fr)] @2xl:justify-items-start @2xl:gap-y-0 @2xl:border-r @2xl:px-3 @2xl:py-3.5 @4xl:px-4 @2xl:last:border-r-0"
        >
          <StepDot number={index + 1} done={done} current={index === current} />
          <span className="max-w-full truncate font-semibold text-[11px] tracking-tight min-[400px]:text-[12px] @2xl:text-[14px] @2xl:tracking-normal">
            {title}
            {done ? <span className="sr-only">, done</span> : null}
          </span>
          <span
            className="hidden max-w-full truncate text-[12.5px] text-faint @2xl:col-start-2 @2xl:block"
            title={note}
          >
            {note}
          </span>
        </li>
      ))}
    </ol>
  )
}

function stepsOf(
  { key, username, registered, apiKey }: State,
  hasPasskey: boolean,
  session: Session | undefined,
  now: number,
): Step[] {
  const made = registered[pairOf(apiKey, username)]
  const signedIn = session?.answer
  const minutes = session ? Math.max(0, Math.ceil((session.expiresAt - now) / 60_000)) : 0
  const passkey = made?.answer.passkey ?? signedIn?.passkey
  const kind = passkey?.deviceType === 'multiDevice' ? 'synced' : 'device-bound'
  return [
    {
      title: 'Key',
      done: key.status === 'ready',
      note: key.status === 'ready' ? shownName(key.tenant) : keyNotes[key.status],
    },
    { title: 'Username', done: Boolean(username), note: username || 'any name' },
    {
      title: 'Register',
      done: hasPasskey,
      note: !hasPasskey ? 'make a passkey' : made ? `${seconds(made.took)}, ${kind}` : `earlier, ${kind}`,
    },
    { title: 'Authenticate', done: Boolean(session), note: session ? `${seconds(session.took)}, verified` : 'use it' },
    {
      title: 'Token',
      done: Boolean(session) && minutes > 0,
      note: session ? (minutes ? `${minutes} min left` : 'expired') : 'read it',
    },
  ]
}

const keyNotes = {
  empty: 'paste or borrow',
  typing: 'not a key yet',
  checking: 'asking the server',
  malformed: 'not a key yet',
  refused: 'not accepted',
} as const

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`
}
