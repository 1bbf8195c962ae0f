import type {
  AuthenticateBegin,
  AuthenticateBegun,
  AuthenticateFinish,
  AuthenticateFinished,
  Passkey,
  PasskeyList,
  PasskeyQuery,
  RegisterBegin,
  RegisterBegun,
  RegisterFinish,
  RegisterFinished,
} from '#lib/contract/passkeys.ts'
import type { ProblemDocument } from '#lib/contract/problem.ts'
import type { TenantAnswer } from '#lib/contract/tenant.ts'
import type { UsageAnswer, UsageQuery } from '#lib/contract/usage.ts'

/** The server refused: `problem` is its answer (RFC 9457), `code` the stable name of the reason. */
export class ApiError extends Error {
  override name = 'ApiError'
  readonly problem: ProblemDocument
  constructor(problem: ProblemDocument) {
    super(`${problem.title}: ${problem.detail}`)
    this.problem = problem
  }
  get code() {
    return this.problem.code
  }
}

export interface ClientSettings {
  apiKey: string
  /** Where the auth server is; by default the page's own origin. */
  baseUrl?: string
  /** Stands in for the global fetch: to watch, to test, to route. */
  fetch?: typeof fetch
}

interface Call {
  body?: unknown
  userToken?: string | undefined
  query?: Record<string, string | number | undefined>
  signal?: AbortSignal | undefined
}

interface Extra {
  /** A user’s own token, sent as X-User-Token. */
  userToken?: string | undefined
  signal?: AbortSignal | undefined
}

/**
 * The auth server's client: one method for each endpoint, the contract's types in and out.
 *
 * @throws ApiError for every answer that is not 2xx; TypeError when the server cannot be reached
 */
export class Client {
  readonly #settings: ClientSettings

  constructor(settings: ClientSettings) {
    this.#settings = settings
  }

  tenant(extra: Extra = {}) {
    return this.#call<TenantAnswer>('GET', '/v1/tenant', extra)
  }

  readonly passkeys = {
    register: {
      begin: (body: RegisterBegin, extra: Extra = {}) =>
        this.#call<RegisterBegun>('POST', '/v1/passkeys/register/begin', { body, ...extra }),
      finish: (body: RegisterFinish, extra: Extra = {}) =>
        this.#call<RegisterFinished>('POST', '/v1/passkeys/register/finish', { body, ...extra }),
    },
    authenticate: {
      begin: (body: AuthenticateBegin = {}, extra: Extra = {}) =>
        this.#call<AuthenticateBegun>('POST', '/v1/passkeys/authenticate/begin', { body, ...extra }),
      finish: (body: AuthenticateFinish, extra: Extra = {}) =>
        this.#call<AuthenticateFinished>('POST', '/v1/passkeys/authenticate/finish', { body, ...extra }),
    },
    list: (query: Omit<PasskeyQuery, 'limit'> & { limit?: number } = {}, extra: Extra = {}) =>
      this.#call<PasskeyList>('GET', '/v1/passkeys', { query, ...extra }),
    rename: (id: string, name: string, extra: Extra = {}) =>
      this.#call<Passkey>('PATCH', `/v1/passkeys/${encodeURIComponent(id)}`, { body: { name }, ...extra }),
    delete: (id: string, extra: Extra = {}) =>
      this.#call<undefined>('DELETE', `/v1/passkeys/${encodeURIComponent(id)}`, extra),
  }

  usage(query: UsageQuery = {}, extra: Extra = {}) {
    return this.#call<UsageAnswer>('GET', '/v1/usage', { query, ...extra })
  }

  async #call<Answer>(method: string, path: string, { body, userToken, query, signal }: Call): Promise<Answer> {
    const { apiKey, baseUrl = '', fetch = globalThis.fetch } = this.#settings
    const search = new URLSearchParams()
    for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined) search.set(name, String(value))
    const headers: Record<string, string> = { Authorization: `Bearer ${apiKey}`, Accept: 'application/json' }
    if (body !== undefined) headers['Content-Type'] = 'application/json'
    if (userToken) headers['X-User-Token'] = userToken
    const response = await fetch(`${baseUrl}${path}${search.size ? `?${search}` : ''}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    })
    if (!response.ok) throw new ApiError(await problemOf(response))
    return (response.status === 204 ? undefined : await response.json()) as Answer
  }
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
