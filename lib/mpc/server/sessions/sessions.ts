import { createHash } from 'node:crypto'
import { type DescMessage, fromBinary, type MessageShape, toBinary } from '@bufbuild/protobuf'
import type { HandlerContext } from '@connectrpc/connect'
import { type Call, callOf } from '../call.ts'
import { clock, later } from '../clock.ts'
import { refusal } from '../refusal.ts'
import { seal, unseal } from '../sealed.ts'
import type { Owner } from '../tokens/caller.ts'
import { count } from '../usage/outbox.ts'
import { inTurn } from './in-turn.ts'
import * as live from './live.ts'
import * as store from './store.ts'

/** How long a session lasts, in milliseconds. */
export const sessionMilliseconds = 600_000

const mostOfOne = 100
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** What a call comes to: its answer, what it keeps in memory for the next, and what it writes in the same transaction. */
interface Outcome<Answer extends DescMessage, State> {
  answer: MessageShape<Answer>
  state: State
  effect?: (tx: store.Transaction) => Promise<void>
  /** A key whose user cannot do without this answer: it is given again until the key has another, and not for ten minutes only. */
  keptWith?: string
}

// As far ahead as a moment is stored.
const never = new Date('9999-12-31T00:00:00Z')

/** One of the two calls of a session, as its service has it. */
interface Round<Request extends DescMessage, Answer extends DescMessage> {
  purpose: store.Purpose
  input: Request
  output: Answer
}

/**
 * The first call of a session, under the id that the client chose. The same call again is answered with the same bytes; under
 * the same id another call is refused.
 *
 * In the test environment a session may ask, by the metadata `mpc-forget: nonces`, that nothing of it is kept in memory: for its
 * second call it is then as if the process had been restarted in between.
 *
 * @throws ConnectError NOT_FOUND, INVALID_ARGUMENT, RESOURCE_EXHAUSTED, and what `work` throws
 */
export async function begin<Request extends DescMessage, Answer extends DescMessage>(
  context: HandlerContext,
  { purpose, input, output }: Round<Request, Answer>,
  request: MessageShape<Request>,
  work: (session: { id: string; expiresAt: Date }) => Promise<Outcome<Answer, unknown>>,
): Promise<MessageShape<Answer>> {
  const call = callOf(context)
  const id = sessionOf(context)
  const name = nameOf(call.caller, id)
  const beginHash = hashOf(input, request)
  return inTurn(name, async () => {
    const known = await store.find(call.caller, id)
    if (known) {
      if (isOver(known)) throw over()
      if (known.purpose !== purpose || known.beginHash !== beginHash) throw conflict()
      call.repeated = true
      return fromBinary(output, unseal(known.beginAnswer, boundTo(call.caller, id, 'begin')))
    }
    const most = later(sessionMilliseconds + 60_000)
    if (live.isFull(call.caller) || (await store.count(call.caller, most)) >= mostOfOne) {
      throw refusal('rate_limited', 'There are too many sessions that were not finished.', { retryAfter: 60 })
    }
    const expiresAt = later(sessionMilliseconds)
    const { answer, state, effect } = await work({ id, expiresAt })
    const beginAnswer = seal(toBinary(output, answer), boundTo(call.caller, id, 'begin'))
    await commit(call, async (tx) => {
      if (!(await store.begin(call.caller, id, { purpose, beginHash, beginAnswer, expiresAt }, tx))) throw conflict()
      await effect?.(tx)
    })
    if (!isForgotten(context)) live.keep(call.caller, name, { state, until: performance.now() + sessionMilliseconds })
    return answer
  })
}

/**
 * The second call of a session, which ends it. Of two that come at once, one is taken: the same one again is answered with the
 * same bytes, and another is refused. Where this process does not have what the first call left in memory, it is ABORTED.
 *
 * @throws ConnectError NOT_FOUND, INVALID_ARGUMENT, ABORTED, and what `work` throws
 */
export async function finish<Request extends DescMessage, Answer extends DescMessage, State>(
  context: HandlerContext,
  { purpose, input, output }: Round<Request, Answer>,
  request: MessageShape<Request>,
  work: (state: State) => Promise<Omit<Outcome<Answer, unknown>, 'state'>>,
): Promise<MessageShape<Answer>> {
  const call = callOf(context)
  const id = sessionOf(context)
  const name = nameOf(call.caller, id)
  const finishHash = hashOf(input, request)
  return inTurn(name, async () => {
    const known = await store.find(call.caller, id)
    if (!known || known.purpose !== purpose || isOver(known)) throw over()
    if (known.finishAnswer !== null) {
      if (known.finishHash !== finishHash) throw conflict()
      call.repeated = true
      return fromBinary(output, unseal(known.finishAnswer, boundTo(call.caller, id, 'finish')))
    }
    const kept = live.kept(name)
    if (!kept) throw lost()
    const { answer, effect, keptWith: keyId } = await work(kept.state as State)
    // Whatever comes of it, what was in memory has served.
    live.forget(name)
    const finishAnswer = seal(toBinary(output, answer), boundTo(call.caller, id, 'finish'))
    await commit(call, async (tx) => {
      if (keyId) await store.removeOf(call.caller, keyId, tx)
      const lasting = keyId ? { keyId, expiresAt: never } : {}
      if (!(await store.finish(call.caller, id, { finishHash, finishAnswer, ...lasting }, tx))) throw over()
      await effect?.(tx)
    })
    return answer
  })
}

/** Forgets sessions that are over, in memory and in the database. */
export async function removeExpired(): Promise<void> {
  live.forgetExpired(performance.now())
  await store.removeExpired()
}

/** Writes an effect and counts the call, together; not where its deadline has passed. */
export async function commit(call: Call, effect: (tx: store.Transaction) => Promise<void>): Promise<void> {
  call.signal.throwIfAborted()
  try {
    await store.transaction(async (tx) => {
      await effect(tx)
      await count(call, 'OK', tx)
    })
  } catch (error) {
    call.counted = false
    throw error
  }
}

function sessionOf({ requestHeader }: HandlerContext): string {
  const id = requestHeader.get('mpc-session')
  if (id && uuid.test(id)) return id
  throw refusal(
    'invalid_request',
    'Send a UUIDv4 of your choice, in lower case, in the metadata “mpc-session” of both calls.',
  )
}

function isForgotten(context: HandlerContext): boolean {
  const { environment } = callOf(context).caller
  return environment === 'test' && context.requestHeader.get('mpc-forget') === 'nonces'
}

function nameOf({ tenantId, environment, sub }: Owner, id: string): string {
  return JSON.stringify([tenantId, environment, sub, id])
}

function boundTo({ tenantId, environment, sub }: Owner, id: string, which: 'begin' | 'finish'): string[] {
  return ['answer', tenantId, environment, sub, id, which]
}

function hashOf<Request extends DescMessage>(input: Request, request: MessageShape<Request>): string {
  return createHash('sha256').update(toBinary(input, request)).digest('base64url')
}

function isOver({ expiresAt }: { expiresAt: Date }): boolean {
  return expiresAt.getTime() <= clock.now()
}

function over() {
  return refusal('session_unknown', 'The session is unknown, over or another’s. Begin afresh, under a new id.')
}

function conflict() {
  return refusal('session_conflict', 'The session was used with another call. Begin afresh, under a new id.')
}

function lost() {
  return refusal(
    'session_lost',
    'What the session needs was lost with its server process. Begin afresh, under a new id.',
  )
}
