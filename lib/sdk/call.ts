import type { ProblemDocument } from '#lib/contract/problem.ts'

/** The server refused: `problem` is its answer (RFC 9457), `code` the stable name of the reason. */
export class ApiError extends Error {
  override name = 'ApiError'
  readonly problem: ProblemDocument
  /** Seconds after which the server takes the call again, where it says so. */
  readonly retryAfter: number | undefined
  constructor(problem: ProblemDocument, retryAfter?: number) {
    super(`${problem.title}: ${problem.detail}`)
    this.problem = problem
    this.retryAfter = retryAfter
  }
  get code() {
    return this.problem.code
  }
}

/**
 * Whether a call threw because the server could not be reached: browsers have one exception for that, each in its own
 * words.
 */
export function isUnreachable(error: unknown): boolean {
  return error instanceof TypeError && /fetch|network|load failed|connection/i.test(error.message)
}

export interface Call {
  body?: unknown
  headers?: Record<string, string | undefined>
  query?: Record<string, string | number | undefined>
  signal?: AbortSignal | undefined
}

/**
 * Sends a request and reads its JSON answer; undefined where there is none (204).
 *
 * @throws ApiError for every answer that is not 2xx; TypeError when the server cannot be reached (`isUnreachable`)
 */
export async function call<Answer>(
  fetch: typeof globalThis.fetch,
  method: string,
  url: string,
  { body, headers: more = {}, query, signal }: Call = {},
): Promise<Answer> {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined) search.set(name, String(value))
  const headers: Record<string, string> = { Accept: 'application/json' }
  for (const [name, value] of Object.entries(more)) if (value) headers[name] = value
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  const response = await fetch(`${url}${search.size ? `?${search}` : ''}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  })
  if (!response.ok) throw new ApiError(await problemOf(response), secondsOf(response))
  return (response.status === 204 ? undefined : await response.json()) as Answer
}

/** `Retry-After` in seconds, which is how this server writes it. */
function secondsOf({ headers }: Response): number | undefined {
  const text = headers.get('retry-after') ?? ''
  return /^\d+$/.test(text) ? Number(text) : undefined
}

/** The answer's problem document; an answer that is none (a proxy's page, say) becomes one. */
async function problemOf(response: Response): Promise<ProblemDocument> {
  if (response.headers.get('content-type')?.includes('json')) {
    const body = (await response.json().catch(() => null)) as Partial<ProblemDocument> | null
    if (typeof body?.code === 'string' && typeof body.detail === 'string') return body as ProblemDocument
  }
  return {
    type: 'about:blank',
    title: response.statusText || 'Unexpected answer',
    status: response.status,
    detail: `The server answered ${response.status} without a problem document.`,
    code: response.status >= 500 ? 'unavailable' : 'invalid_request',
    requestId: response.headers.get('x-request-id') ?? '',
  }
}
