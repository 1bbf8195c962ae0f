import type { Help } from './failure/help.ts'
import type { Run } from './run.ts'
import { seconds } from './seconds.ts'
import type { Standing } from './standing.ts'
import { latestRun, type State } from './state.ts'

/** What the page says of itself in one line, and how it looks: grey is calm, red is a mistake or over, green is done. */
export interface StatusWords {
  title: string
  note: string
  look: 'waiting' | 'done' | 'wrong' | 'calm'
  /** What the page can do about it. */
  help?: Help[]
}

const waiting = {
  server: { title: 'Waiting for the server', note: 'It prepares the ceremony, or verifies its result.' },
  authenticator: {
    title: 'Waiting for your authenticator',
    note: 'Follow your browser’s dialogue: a finger, a face, a PIN or a security key.',
  },
  beside: {
    title: 'Waiting for the browser',
    note: 'It asks nobody: it makes the passkey or refuses. Cancel ends the wait.',
  },
  browser: { title: 'The browser is at work', note: 'It prepares the next message.' },
} as const

/**
 * What is true now: what keeps a press from starting anything comes first, then the last ceremony and what has become of
 * its result since. Undefined before the first.
 *
 * @param standing of whom the last ceremony was about
 */
export function statusWords(
  { runs, stoppedBy, offerEnded, notice }: Pick<State, 'runs' | 'stoppedBy' | 'offerEnded' | 'notice'>,
  standing: Standing,
): StatusWords | undefined {
  if (stoppedBy) {
    const { ceremony, option, words } = stoppedBy
    return {
      title: `Not started: the ${ceremony}’s option ${option.title} has a mistake.`,
      note: `${words} Put it right, or empty it, then press the button again.`,
      look: 'wrong',
    }
  }
  if (offerEnded) {
    const { what, why, todo } = offerEnded
    return { title: 'Autofill is off.', note: `${what}. ${why} ${todo}`, look: 'calm' }
  }
  if (notice) return { ...notice, look: 'calm' }
  const { run, choices } = latestRun({ runs }) ?? {}
  if (!run) return undefined
  const beside = run.kind === 'registration' && choices?.registration.mediation === 'conditional'
  if (beside && run.waitingFor === 'authenticator') return { ...waiting.beside, look: 'waiting' }
  if (run.status === 'working') return { ...waiting[run.waitingFor ?? 'server'], look: 'waiting' }
  if (run.failure) {
    const { what, why, causes = [], todo, calm } = run.failure
    const note = [why, ...causes.map((cause) => cause.why), todo].join(' ')
    return { title: `${what}.`, note, look: calm ? 'calm' : 'wrong' }
  }
  return run.registered ? ofPasskey(run, run.registered, standing) : ofToken(run, standing)
}

function ofPasskey(
  run: Run,
  { passkey, user }: NonNullable<Run['registered']>,
  { made, hasPasskey }: Standing,
): StatusWords {
  if (made?.answer.passkey.id !== passkey.id) return deleted(user.username, hasPasskey)
  const where = passkey.provider ? ` in ${passkey.provider}` : ''
  const kind = passkey.deviceType === 'multiDevice' ? 'It syncs between devices.' : 'It stays on its authenticator.'
  const took = seconds(run.took ?? 0)
  return {
    title: `${user.username} has a passkey${where}.`,
    note: `${kind} Took ${took}. Next: Authenticate.`,
    look: 'done',
  }
}

function ofToken(run: Run, { token, hasPasskey }: Standing): StatusWords {
  const username = run.authenticated?.user.username ?? ''
  if (token === 'orphaned') return deleted(username, hasPasskey)
  if (token === 'expired') {
    return {
      title: `${username}’s token has expired.`,
      note: 'Next: Authenticate, for a new one.',
      look: 'wrong',
      help: [{ do: 'authenticate' }],
    }
  }
  return { title: `${username} is signed in.`, note: `Took ${seconds(run.took ?? 0)}.`, look: 'done' }
}

function deleted(username: string, others: boolean): StatusWords {
  return {
    title: `${username}’s passkey is deleted.`,
    note: `The server no longer knows it, even where an authenticator still offers it. Next: ${others ? 'Authenticate with another one' : 'Register'}.`,
    look: 'wrong',
    help: [{ do: others ? 'authenticate' : 'register' }],
  }
}
