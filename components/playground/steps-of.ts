import type { Step } from '../ui/steps.tsx'
import { briefOf } from './failure/failure-brief.ts'
import { seconds } from './seconds.ts'
import { shownName } from './setup/tenant-mark.tsx'
import { usernameMistakeSoFar } from './setup/username.ts'
import type { Standing } from './standing.ts'
import { type KeyCheck, latestRun, type Session, type State } from './state.ts'
import { tokenParts } from './token/token-parts.ts'

type Now = Pick<State, 'apiKey' | 'key' | 'username' | 'runs'>

/** The story in five steps, as it stands at a moment in epoch milliseconds. */
export function stepsOf(state: Now, standing: Standing, now: number): Step[] {
  const { username, runs } = state
  const { hasPasskey, made, session, token } = standing
  const mistake = usernameMistakeSoFar(username)
  const madeBy = made && runs.find(({ run }) => run.registered === made.answer)?.number
  const signedInBy = session && runs.find(({ run }) => run.authenticated === session.answer)?.number
  const steps: Step[] = [
    keyStep(state.key),
    {
      title: 'Username',
      state: mistake ? 'failed' : username ? 'done' : 'todo',
      note: mistake ?? (username || 'any name'),
    },
    {
      title: 'Register',
      state: hasPasskey ? 'done' : 'todo',
      note: made
        ? `${madeBy ? `run ${madeBy}` : seconds(made.took)}, ${kindOf(made.answer.passkey)}`
        : hasPasskey
          ? 'earlier'
          : 'make a passkey',
      run: madeBy,
    },
    {
      title: 'Authenticate',
      state: token === 'good' ? 'done' : 'todo',
      note:
        session && token === 'good'
          ? `${signedInBy ? `run ${signedInBy}` : seconds(session.took)}, ${verified(session)}`
          : session
            ? 'again'
            : 'use it',
      run: signedInBy,
    },
    tokenStep(token, session, now),
  ]
  return withCurrent(withFailure(steps, state, hasPasskey))
}

function keyStep(key: KeyCheck): Step {
  const title = 'Key'
  if (key.status === 'ready') return { title, state: 'done', note: shownName(key.tenant) }
  if (key.status === 'refused') return { title, state: 'failed', note: briefOf(key.failure) }
  return { title, state: key.status === 'malformed' ? 'failed' : 'todo', note: keyNotes[key.status] }
}

const keyNotes = {
  empty: 'paste or borrow',
  typing: 'not a key yet',
  checking: 'asking the server',
  malformed: 'cannot be a key',
} as const

function tokenStep(token: Standing['token'], session: Session | undefined, now: number): Step {
  const title = 'Token'
  if (!session || token === 'none') return { title, state: 'todo', note: 'read it' }
  if (token === 'expired') return { title, state: 'failed', note: 'expired' }
  if (token === 'orphaned') return { title, state: 'failed', note: 'passkey deleted' }
  // Never more than its lifetime, and never none: the moment that is counted from may be a second old.
  const minutes = Math.ceil((session.expiresAt - now) / 60_000)
  const left = Math.max(1, Math.min(minutes, Math.ceil(session.answer.expiresIn / 60)))
  return { title, state: 'done', note: `${left} min left` }
}

/** The step of the last ceremony, where that failed: failed too, unless a person ended it. */
function withFailure(steps: Step[], { apiKey, username, runs }: Now, hasPasskey: boolean): Step[] {
  const { number, run, of } = latestRun({ runs }) ?? {}
  const failure = run?.failure
  const own = of?.apiKey === apiKey && (of.username ?? username) === username
  if (!failure || !own) return steps
  const title = run.kind === 'registration' ? 'Register' : 'Authenticate'
  // “Has one already” is no failure of what the step is for.
  if (title === 'Register' && hasPasskey && /^(?:user_exists|InvalidStateError)$/.test(failure.code)) return steps
  return steps.map((step) => {
    if (step.title !== title || (failure.calm && step.state === 'done')) return step
    return {
      ...step,
      run: number,
      note: `run ${number}, ${briefOf(failure)}`,
      ...(failure.calm ? {} : { state: 'failed' }),
    }
  })
}

/** The first step that is not done is the one to do now. */
function withCurrent(steps: Step[]): Step[] {
  const at = steps.findIndex(({ state }) => state !== 'done')
  return steps.map((step, index) => (index === at && step.state === 'todo' ? { ...step, state: 'now' } : step))
}

function kindOf({ deviceType }: { deviceType: string }): string {
  return deviceType === 'multiDevice' ? 'synced' : 'device-bound'
}

/** Whether the token says that the person was verified, and not only there. */
function verified({ answer }: Session): string {
  const { amr } = tokenParts(answer.token).payload
  return Array.isArray(amr) && amr.includes('mfa') ? 'verified' : 'not verified'
}
