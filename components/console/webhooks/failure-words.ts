import type { AttemptFailure, AttemptView } from '#lib/contract/webhooks.ts'
import { callTodos } from '../endpoint/call-todos.ts'

/** The names of the answers that endpoints give most. */
const statusNames: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  410: 'Gone',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}

/** A status with its name: “503 Service Unavailable”. */
export function statusWords(status: number): string {
  return [status, statusNames[status]].filter(Boolean).join(' ')
}

const labels: Readonly<Record<AttemptFailure, string>> = {
  timeout: 'timeout',
  refused: 'no answer',
  tls: 'TLS',
  dns: 'DNS',
  blocked_address: 'blocked address',
  redirect: 'redirect',
  status: 'status',
  internal: 'not sent',
}

/** How an attempt ended, in a word for a column: its status, else the kind of failure. */
export function endedWith(status: number | null, failure: AttemptFailure | null): string {
  return status === null ? (failure ? labels[failure] : '') : String(status)
}

type Ended = Pick<AttemptView, 'status' | 'failure' | 'words'>

/** How an attempt ended, in a sentence's words. */
export function howItEnded({ status, failure, words }: Ended): string {
  if (status !== null) return statusWords(status)
  return words ?? (failure ? labels[failure] : 'It arrived.')
}

const todos: Readonly<Record<Exclude<AttemptFailure, 'status'>, string>> = {
  ...callTodos,
  timeout: 'Answer 2xx as soon as the event is stored, and do the work that follows from it afterwards.',
  internal:
    'Nothing is wrong with your server. If it goes on, make the endpoint anew and delete this one; the operator finds the cause in the log.',
}

const todosByStatus: Readonly<Record<number, string>> = {
  400: 'Look into the answer below for what the endpoint does not like. It has to verify the body as it came, byte for byte.',
  401: 'Let the request in without a login: its signature says who sent it. If you verify it, check the secret and the clock.',
  403: 'Let the request through firewalls and CSRF checks: its signature says who sent it.',
  404: 'Check the path in the URL.',
  405: 'Answer POST at this path.',
  410: 'With 410 an endpoint says that it wants nothing more: it was turned off. Turn it on again when that was a mistake.',
  413: 'Take bodies of up to 20 kB.',
  415: 'Take bodies of the type application/json.',
  429: 'It asked for a pause; Retry-After is honoured. If that goes on, answer at once and put the events into a queue.',
}

/** What to do about a failure. */
export function whatToDo({ status, failure }: Pick<Ended, 'status' | 'failure'>): string | undefined {
  if (!failure) return undefined
  if (failure !== 'status') return todos[failure]
  if (status !== null && status >= 500)
    return todosByStatus[status] ?? 'Look into the endpoint’s own log at this time: it failed there.'
  return todosByStatus[status ?? 0] ?? 'Answer any 2xx to say that the event has arrived.'
}
