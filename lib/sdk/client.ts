import type { TenantAnswer } from '#lib/contract/tenant.ts'
import type { UsageAnswer, UsageQuery } from '#lib/contract/usage.ts'
import { exchange } from './call.ts'
import { Mpc } from './mpc/mpc.ts'
import type { MpcSettings } from './mpc/settings.ts'
import type { DPoP } from './oauth-dpop.ts'
import { checkPatience, type Patience } from './patience.ts'
import { account } from './resources/account.ts'
import { approvals } from './resources/approvals.ts'
import { handOffs } from './resources/hand-offs.ts'
import { keys } from './resources/keys.ts'
import { logs } from './resources/logs.ts'
import { oauthClients } from './resources/oauth-clients.ts'
import { passkeys } from './resources/passkeys.ts'
import type { Extra, Request, Send } from './resources/send.ts'
import { skills } from './resources/skills.ts'
import { users } from './resources/users.ts'
import { webhooks } from './resources/webhooks.ts'
import { withTries } from './tries.ts'
import { variable } from './variable.ts'
import type { Hooks } from './watch.ts'

export { ApiError } from './call.ts'
export type { CreateCredential, GetCredential } from './resources/ceremony.ts'

export interface ClientSettings extends Patience, Hooks {
  /** By default the environment variable PLAYGROUND_API_KEY. */
  apiKey?: string
  /** Instead of a key: an access token of the OAuth server, for its API. */
  accessToken?: string
  /** The key pair that the access token is bound to, from `oauth.dpop()`. */
  dpop?: DPoP
  /** Where the auth server is; by default the environment variable PLAYGROUND_BASE_URL, in a browser the page's own origin. */
  baseUrl?: string
  /** Stands in for the global fetch: to watch, to test, to route. */
  fetch?: typeof fetch
}

/**
 * The auth server's client: one method for each endpoint, the contract's types in and out. What failed for the moment is
 * tried again where that cannot do harm.
 *
 * @throws ApiError for every answer that is not 2xx, of its code's class; ConnectionError when the server cannot be reached,
 *   TimeoutError when it does not answer in time; UnreadableAnswerError for an answer that is not the server's; the
 *   signal's reason. None of them has a key, a token or a secret in it.
 */
export class Client {
  readonly #settings: ClientSettings
  readonly #send: Send = (method, path, request) => this.#call(method, path, request)

  readonly passkeys = passkeys(this.#send)
  readonly users = users(this.#send)
  readonly keys = keys(this.#send)
  /** A test key for a phone in the room, by a code that is good once. */
  readonly handOffs = handOffs(this.#send)
  readonly oauthClients = oauthClients(this.#send)
  /** The tenant's money. */
  readonly account = account(this.#send)
  /** What an OAuth app asks the user of its access token to approve. */
  readonly approvals = approvals(this.#send)
  /** The requests of the last days. */
  readonly logs = logs(this.#send)
  readonly skills = skills(this.#send)
  readonly webhooks = webhooks(this.#send)

  /** @throws TypeError for a key and a token at once, a key pair without a token, or a patience that is no number */
  constructor(settings: ClientSettings = {}) {
    if (settings.apiKey !== undefined && settings.accessToken !== undefined)
      throw new TypeError('A client calls with an apiKey or with an accessToken, not with both.')
    if (settings.dpop && settings.accessToken === undefined)
      throw new TypeError('dpop needs the accessToken that is bound to it.')
    checkPatience(settings)
    this.#settings = settings
  }

  tenant(extra: Extra = {}) {
    return this.#send<TenantAnswer>('GET', '/v1/tenant', extra)
  }

  usage(query: UsageQuery = {}, extra: Extra = {}) {
    return this.#send<UsageAnswer>('GET', '/v1/usage', { query, ...extra })
  }

  /** Keys of multi-party computation, of the user whose token it is. Their code is loaded when they are first used. */
  mpc(settings: MpcSettings): Mpc {
    const { fetch } = this.#settings
    return new Mpc(settings, { baseUrl: this.#baseUrl, fetch, approve: this.passkeys.approve })
  }

  get #baseUrl(): string {
    return this.#settings.baseUrl ?? variable('PLAYGROUND_BASE_URL') ?? ''
  }

  async #call<Answer>(method: string, path: string, request: Request = {}): Promise<Answer> {
    const {
      userToken,
      idempotencyKey = request.once ? newKey() : undefined,
      body,
      query,
      repeatable,
      ...rest
    } = request
    const { apiKey, accessToken, dpop, fetch = globalThis.fetch, baseUrl: _, ...patience } = this.#settings
    const headers = {
      Authorization: `Bearer ${sendable(accessToken ?? apiKey ?? variable('PLAYGROUND_API_KEY') ?? '')}`,
      'X-User-Token': userToken && sendable(userToken),
      'Idempotency-Key': idempotencyKey,
    }
    const send: typeof fetch =
      dpop && accessToken !== undefined
        ? (url, init = {}) => dpop.request(accessToken, String(url), init, fetch)
        : fetch
    const trying = {
      ...patience,
      ...said(rest),
      ...{ method, path },
      repeatable: method !== 'POST' || idempotencyKey !== undefined || repeatable,
    }
    return withTries(trying, (signal) =>
      exchange<Answer>(send, method, `${this.#baseUrl}${path}`, { body, query, headers, signal }),
    )
  }
}

/** Without what is undefined, which says nothing. */
function said<Settings extends object>(settings: Settings): Partial<Settings> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as Partial<Settings>
}

/** As a header can carry it. What cannot be one is refused here, since `fetch` would say it. */
function sendable(secret: string): string {
  const trimmed = secret.trim()
  if (/[^\x21-\x7e]/.test(trimmed))
    throw new TypeError('The key or token has characters that none has. Look at how it is read.')
  return trimmed
}

/** An Idempotency-Key that nobody has used. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
