import { createHash } from 'node:crypto'
import { Code } from '@connectrpc/connect'
import { type Answered, type Call, callOver, NoAnswer, TooMuch } from './connection.ts'
import { away, refused } from './refusal.ts'

const maxBytes = 64 * 1024
const patience = 30_000

/**
 * Hands a call to an MPC server: of several, to the one that its session leads to, so that both calls of a session reach the
 * same. Where that cannot be reached, to the next; it did not see the call before.
 *
 * @throws ConnectError UNAVAILABLE where none can be reached or the answer broke off, RESOURCE_EXHAUSTED for an answer of
 *   more than 64 KiB
 */
export async function forward(
  call: Omit<Call, 'patience'>,
  session: string | undefined,
  mpcUrls: readonly string[],
): Promise<Answered> {
  if (mpcUrls.length === 0) throw away('There is no MPC server here. The operator sets one: MPC_URL, or MPC=on.')
  let last: unknown
  for (const origin of orderFor(session, mpcUrls)) {
    try {
      return await made(origin, { ...call, patience })
    } catch (error) {
      if (error instanceof TooMuch) {
        throw refused(Code.ResourceExhausted, 'too_large', 'The answer has more than 64 KiB (65,536 bytes).')
      }
      if (!(error instanceof NoAnswer)) throw error
      last = error
      if (!error.untouched) break
    }
  }
  throw away('The MPC server cannot be reached now. Try again.', last)
}

/** A connection may end in the moment that a call is to go out on it: then once more, on a new one. */
async function made(origin: string, call: Call): Promise<Answered> {
  try {
    return await callOver(origin, call, maxBytes)
  } catch (error) {
    if (error instanceof NoAnswer && error.untouched) return callOver(origin, call, maxBytes)
    throw error
  }
}

let turn = 0

/**
 * The servers in the order in which they are asked: by a hash of the session with each (rendezvous), so that one that goes
 * away moves only its own sessions; without a session, in turn.
 */
export function orderFor(session: string | undefined, origins: readonly string[]): string[] {
  if (session === undefined) {
    const first = turn++ % origins.length
    return [...origins.slice(first), ...origins.slice(0, first)]
  }
  const rank = (origin: string) => createHash('sha256').update(`${session} ${origin}`).digest('hex')
  return origins
    .map((origin) => ({ origin, rank: rank(origin) }))
    .sort((one, other) => (one.rank < other.rank ? -1 : 1))
    .map(({ origin }) => origin)
}
