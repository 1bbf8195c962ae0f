import type { Context } from './context.ts'
import { MpcError, mpcErrorOf } from './mpc-error.ts'

/**
 * Runs an operation in a session of its own, and again in another where the server lost the session: it was restarted, and
 * nonces live in memory.
 *
 * @throws MpcError what the protocol or the server refuses
 */
export async function afresh<Answer>(
  { tries }: Pick<Context, 'tries'>,
  work: (session: string) => Promise<Answer>,
): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(crypto.randomUUID())
    } catch (error) {
      const refusal = mpcErrorOf(error)
      if (!(refusal instanceof MpcError && refusal.reason === 'session_lost') || !(attempt < tries)) throw refusal
    }
  }
}

/** The session as both of its calls carry it. */
export function inSession(session: string, signal: AbortSignal | undefined) {
  return { headers: { 'mpc-session': session }, ...(signal ? { signal } : {}) }
}
