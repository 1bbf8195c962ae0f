import { briefOf } from '../failure/failure-brief.ts'
import type { Lane, Run } from '../run.ts'

/** How a ceremony stands, in few words: closed is what a person ended, which nobody refused. */
export interface RunOutcome {
  look: 'done' | 'failed' | 'closed' | 'working'
  words: string
}

const waiting: Record<Lane, string> = {
  authenticator: 'waits for the authenticator',
  browser: 'in the browser',
  server: 'waits for the server',
}

/** What came of a ceremony: the passkey and where it is, the token, or why neither. */
export function outcomeOf(run: Run): RunOutcome {
  const { status, waitingFor = 'server', failure, registered, authenticated, software } = run
  const by = software === undefined ? '' : `software${software ? ` “${software}”` : ''} · `
  if (status === 'working') return { look: 'working', words: waiting[waitingFor] }
  if (failure) return { look: failure.calm ? 'closed' : 'failed', words: `${by}${briefOf(failure)}` }
  const { provider } = (registered ?? authenticated)?.passkey ?? {}
  const kept = registered?.passkey.deviceType === 'multiDevice' ? 'synced' : 'device-bound'
  const what = registered ? kept : 'token'
  return { look: 'done', words: by ? `${by}${what}` : provider ? `${provider} · ${what}` : what }
}
