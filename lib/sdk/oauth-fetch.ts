import { maxBytes } from './answer.ts'
import { ApiError, apiErrorOf } from './api-error.ts'
import { UnreadableAnswerError } from './connection-error.ts'
import { connectionErrorOf } from './connection-error-of.ts'
import type { Patience } from './patience.ts'
import { readAtMost } from './read-at-most.ts'
import { redactor } from './redact.ts'
import { retryAfterOf } from './retry-after.ts'
import { withTries } from './tries.ts'

/** How a request to the auth server is sent. */
export interface Sent extends Pick<Patience, 'timeout' | 'maxRetries'> {
  signal?: AbortSignal | undefined
  /** Whether a second one changes nothing more; false where the first uses up what it is for, as it does a code. */
  repeatable?: boolean
}

/** As oauth4webapi says it. */
interface Init extends RequestInit {
  method: string
  headers: Record<string, string>
  body?: URLSearchParams
}

/**
 * A fetch that waits for the whole answer, no longer than it is told to, and tries again as a client's calls do. What a
 * refusal says back of the request's secrets is taken out of it.
 *
 * @throws ConnectionError, TimeoutError; UnreadableAnswerError; the signal's reason
 */
export function patientFetch(fetch: typeof globalThis.fetch, { repeatable = true, ...sent }: Sent) {
  return async (url: string, init: object): Promise<Response> => {
    const { method, headers } = init as Init
    const redact = redactor(secretsOf(init as Init))
    // A proof is good for one request, so that what may have been taken cannot come again with it.
    const again = method === 'GET' || (repeatable && !headers.dpop)
    let refusal: Response | undefined
    try {
      const trying = { ...sent, method, path: new URL(url).pathname, repeatable: again }
      return await withTries(trying, async (signal) => {
        refusal = undefined
        const answer = await received(() => fetch(url, { ...init, signal }), url, redact)
        const { status } = answer
        if (status !== 429 && status < 502) return { answer, status, requestId: undefined }
        refusal = answer
        const problem = {
          type: 'about:blank',
          title: '',
          status,
          detail: '',
          code: 'unavailable' as const,
          requestId: '',
        }
        throw apiErrorOf(problem, retryAfterOf(answer.headers))
      })
    } catch (error) {
      if (refusal && error instanceof ApiError) return refusal
      throw error
    }
  }
}

/** The whole of an answer. */
async function received(
  send: () => Promise<Response>,
  url: string,
  redact: (text: string) => string,
): Promise<Response> {
  try {
    const response = await send()
    const { status, ok, body, type } = response
    if (type === 'opaqueredirect') return response
    const bytes = body && (await readAtMost(body, maxBytes))
    if (bytes === undefined) throw new UnreadableAnswerError('The answer is too large.', status, undefined)
    if (ok) return new Response(bytes, response)
    const headers = [...response.headers].map(([name, value]): [string, string] => [name, redact(value)])
    return new Response(bytes && redact(new TextDecoder().decode(bytes)), { status, headers })
  } catch (error) {
    throw error instanceof TypeError ? connectionErrorOf(error, url, redact) : error
  }
}

/** What of a request no error may say. */
function secretsOf({ headers: { authorization = '' }, body }: Init): (string | undefined)[] {
  const parameters = ['code', 'code_verifier', 'device_code', 'refresh_token', 'token']
  const [, scheme = '', credentials = ''] = /^(\S+) +(.*)$/.exec(authorization) ?? []
  const basic = /^basic$/i.test(scheme) ? atob(credentials).replace(/^[^:]*:/, '') : ''
  const secret = basic && decodeURIComponent(basic.replaceAll('+', ' '))
  return [credentials, basic, secret, ...parameters.map((name) => body?.get(name) ?? undefined)]
}
