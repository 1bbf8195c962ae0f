import { type Answered, readAnswer } from './answer.ts'
import { connectionErrorOf } from './connection-error-of.ts'
import { redactor } from './redact.ts'

export { ApiError } from './api-error.ts'
export { isUnreachable } from './connection-error.ts'

export interface Call {
  body?: unknown
  headers?: Record<string, string | undefined>
  query?: Record<string, string | number | undefined>
  signal?: AbortSignal | undefined
}

/**
 * Sends a request and reads its JSON answer; undefined where there is none (204). What it throws has no key or token of the
 * request in it, whatever the server or `fetch` put there.
 *
 * @throws ApiError for every answer that is not 2xx; ConnectionError when the server cannot be reached (`isUnreachable`);
 *   UnreadableAnswerError for an answer that is not the server's; the signal's reason
 */
export async function call<Answer>(...sent: Parameters<typeof exchange>): Promise<Answer> {
  return (await exchange<Answer>(...sent)).answer
}

/** The same, with what is told of it. */
export async function exchange<Answer>(
  fetch: typeof globalThis.fetch,
  method: string,
  url: string,
  { body, headers: more = {}, query, signal }: Call = {},
): Promise<Answered<Answer>> {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined) search.set(name, String(value))
  const headers: Record<string, string> = { Accept: 'application/json' }
  for (const [name, value] of Object.entries(more)) if (value) headers[name] = value
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  const redact = redactor([headers.Authorization?.replace(/^\S+ +/, ''), headers['X-User-Token']])
  const init: RequestInit = {
    method,
    headers,
    // What carries a key goes to the server that it is for, and nowhere else.
    redirect: 'manual',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  }
  try {
    return await readAnswer<Answer>(await fetch(`${url}${search.size ? `?${search}` : ''}`, init), redact)
  } catch (error) {
    signal?.throwIfAborted()
    throw error instanceof TypeError ? connectionErrorOf(error, url, redact) : error
  }
}
