import { unlessAborted } from './abortable.ts'
import type { Answered } from './answer.ts'
import { ApiError } from './api-error.ts'
import { ConnectionError, TimeoutError } from './connection-error.ts'
import { pace } from './pace.ts'
import { checkPatience, type Patience } from './patience.ts'
import { type Hooks, tell } from './watch.ts'

interface Trying extends Patience, Hooks {
  method: string
  path: string
  signal?: AbortSignal | undefined
  /** Whether a second one changes nothing more; false where the first uses something up before it can be refused. */
  repeatable: boolean | undefined
}

/** A server that asks for a longer wait is not waited for: whoever called is told instead. */
const longestWait = 60
const [firstPause, longestPause] = [500, 8_000]
/** Above it a timer ends at once. */
const longestTimer = 2 ** 31 - 1

/**
 * Does a request again while that can help, and cannot do harm: after a refusal for the moment (429; 503 with
 * `Retry-After`; 409 with it, of a request under way), which the server made before it did anything, and where there was no
 * connection to it; where the same again changes nothing, also after a 503 without it, and where no answer came.
 *
 * @throws what the last try threw; TimeoutError; the signal's reason, at once; TypeError for settings that are none
 */
export async function withTries<Answer>(
  { method, path, repeatable, maxRetries = 2, timeout = 60_000, totalTimeout = 0, signal, ...hooks }: Trying,
  send: (signal: AbortSignal) => Promise<Answered<Answer>>,
): Promise<Answer> {
  checkPatience({ maxRetries, timeout, totalTimeout })
  const began = Date.now()
  // Whether an earlier one may have been carried out, though its answer was lost.
  let lost = false
  const left = () => (totalTimeout ? began + totalTimeout - Date.now() : Number.POSITIVE_INFINITY)
  for (let attempt = 1; ; attempt++) {
    const event = { method, path, attempt }
    const sent = performance.now()
    tell(hooks.onRequest, event)
    const ended = (about: { status?: number | undefined; requestId?: string | undefined }) => {
      const { status, requestId } = about
      const told = { ...event, status, requestId }
      tell(hooks.onResponse, { ...told, milliseconds: performance.now() - sent })
      return told
    }
    try {
      const answered = await inTime(send, Math.min(timeout || Number.POSITIVE_INFINITY, left()), signal)
      ended(answered)
      return answered.answer
    } catch (error) {
      const told = ended(error ?? {})
      // What it asked for is so.
      if (lost && method === 'DELETE' && told.status === 404) return undefined as Answer
      lost ||= isLost(error)
      const milliseconds = attempt > maxRetries || signal?.aborted ? undefined : pauseBefore(error, repeatable, attempt)
      if (milliseconds === undefined || milliseconds >= left()) throw error
      tell(hooks.onRetry, { ...told, milliseconds })
      await pace.pause(milliseconds, signal)
    }
  }
}

/** Milliseconds until the next try; undefined where there is to be none. */
function pauseBefore(error: unknown, repeatable: boolean | undefined, attempt: number): number | undefined {
  const { status, retryAfter } = error as Partial<ApiError>
  const refused = error instanceof ApiError
  const undone = retryAfter !== undefined && (status === 409 || (status === 503 && repeatable !== false))
  const notTaken = refused ? status === 429 || undone : error instanceof ConnectionError && isUnsent(error)
  if (!notTaken && !(repeatable && isLost(error))) return undefined
  const random = pace.random() * Math.min(longestPause, firstPause * 2 ** (attempt - 1))
  if (retryAfter === undefined) return random
  // Never sooner than the server says.
  return retryAfter <= longestWait ? retryAfter * 1000 + random : undefined
}

/** Whether it may have been carried out, and the answer did not get here. */
function isLost(error: unknown): boolean {
  if (error instanceof ConnectionError) return !isUnsent(error)
  return error instanceof ApiError && (isGateway(error) || (error.status === 503 && error.retryAfter === undefined))
}

/** There was no connection that it could have been sent by. */
function isUnsent({ reason }: ConnectionError): boolean {
  return /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT)$/.test(reason ?? '')
}

/** A proxy that got no answer from the server behind it: its own words are no problem document. */
function isGateway({ status, docs }: ApiError): boolean {
  return (status === 502 || status === 504) && docs === 'about:blank'
}

/** Sends once, for so long, and no longer than the caller's signal lets it. */
async function inTime<Result>(
  send: (signal: AbortSignal) => Promise<Result>,
  milliseconds: number,
  signal: AbortSignal | undefined,
): Promise<Result> {
  signal?.throwIfAborted()
  const controller = new AbortController()
  const late = () => controller.abort(new TimeoutError(`No answer came within ${Math.round(milliseconds)} ms.`))
  const timer = milliseconds <= longestTimer ? setTimeout(late, milliseconds) : undefined
  const abort = () => controller.abort(signal?.reason)
  signal?.addEventListener('abort', abort)
  try {
    return await unlessAborted(send(controller.signal), controller.signal)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}
