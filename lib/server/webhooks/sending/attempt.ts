import type { AttemptFailure } from '#lib/contract/webhooks.ts'
import { redact } from '#lib/foundation/redact.ts'
import { clock } from '../../clock.ts'
import { noteWebhookAttempt } from '../../metrics/metrics.ts'
import { type CallOutcome, callOut } from '../../outbound/call-out.ts'
import { signersOf } from '../secrets.ts'
import { signatureHeaders } from '../sign.ts'
import { nextAttempt, retryAfterOf } from './schedule.ts'
import type { Claimed, Settled } from './store.ts'

/** How long an endpoint has for a whole answer. A test waits for less. */
export const patience = { milliseconds: 15_000 }
/** So many bytes of an answer are kept. */
const answerBytes = 4_096

/** An attempt, with what only the endpoint as a whole goes by. */
export interface Attempted extends Settled {
  /** The endpoint said that it is gone for good (410). */
  gone: boolean
}

/**
 * Sends an event to its endpoint, once: what came of it, and when it is to be tried again.
 *
 * @throws the reason of `signal` where that ends it; whatever keeps the request from being made: see `notMade`
 */
export async function attempt(delivery: Claimed, signal: AbortSignal): Promise<Attempted> {
  const { eventId: id, endpointId, payload: body, url } = delivery
  const at = new Date(clock.now())
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'webauthn-playground-webhooks/1',
    ...(delivery.test ? { 'webhook-test': 'true' } : {}),
    ...signatureHeaders({ id, timestamp: at, body, ...signersOf({ ...delivery, id: endpointId }) }),
  }
  const call = {
    url,
    method: 'POST',
    headers,
    body,
    timeoutMs: patience.milliseconds,
    maxAnswerBytes: answerBytes,
    signal,
  }
  const outcome = await callOut(call)
  const judged = judge(outcome)
  noteWebhookAttempt(judged.failure ?? 'delivered', outcome.milliseconds)
  const { milliseconds } = outcome
  return { at, milliseconds, requestHeaders: JSON.stringify(headers), ...judged, ...after(delivery, at, judged) }
}

/** An attempt whose request could not be made: it has failed as any other, so that its schedule goes on and members see it. */
export function notMade(delivery: Claimed): Attempted {
  const at = new Date(clock.now())
  const words = 'The request could not be made or signed here.'
  const judged = { ...unanswered, failure: 'internal' as const, words }
  noteWebhookAttempt(judged.failure, 0)
  return { at, milliseconds: 0, requestHeaders: '{}', ...judged, ...after(delivery, at, judged) }
}

const unanswered = { status: null, answer: '', answerTruncated: false, gone: false, retryAfter: undefined }

interface Judged {
  status: number | null
  failure: AttemptFailure | null
  words: string | null
  answer: string
  answerTruncated: boolean
  gone: boolean
  retryAfter: number | undefined
}

function judge(outcome: CallOutcome): Judged {
  if (outcome.outcome === 'failed') {
    const { failure, words } = outcome
    return { ...unanswered, failure, words }
  }
  const { status, headers, body, truncated: answerTruncated } = outcome
  const { failure, words } = judgeStatus(status)
  return {
    status,
    failure,
    words,
    answer: redact(new TextDecoder().decode(body).replaceAll('\0', '\ufffd')),
    answerTruncated,
    gone: status === 410,
    retryAfter: failure ? retryAfterOf(headers['retry-after'], clock.now()) : undefined,
  }
}

function judgeStatus(status: number): Pick<Judged, 'failure' | 'words'> {
  if (status >= 200 && status < 300) return { failure: null, words: null }
  if (status >= 300 && status < 400) {
    return { failure: 'redirect', words: `It answered ${status}, and a redirect is not followed: change the URL.` }
  }
  const gone = status === 410 ? ': it is gone for good, and is turned off' : ''
  return { failure: 'status', words: `It answered ${status}${gone}.` }
}

/** What comes after an attempt. The schedule runs from its first attempt, however late that was. */
function after(delivery: Claimed, at: Date, { failure, gone, retryAfter }: Judged) {
  const scheduledAt = delivery.scheduled === 0 ? at : delivery.scheduledAt
  const scheduled = delivery.scheduled + 1
  if (!failure) return { scheduledAt, scheduled, outcome: 'delivered', nextAt: null }
  const given = { began: scheduledAt.getTime(), made: scheduled, ended: clock.now(), retryAfter }
  const next = gone ? undefined : nextAttempt(given)
  return next === undefined
    ? { scheduledAt, scheduled, outcome: 'failed', nextAt: null }
    : { scheduledAt, scheduled, outcome: 'pending', nextAt: new Date(next) }
}
