import type { ApprovalCreate, ApprovalCreated, ApprovalState } from '#lib/contract/approvals.ts'
import type {
  AllowlistVerdict,
  KeyCreate,
  KeyCreated,
  KeyList,
  KeyQuery,
  KeyRotate,
  KeyUpdate,
  KeyView,
} from '#lib/contract/keys.ts'
import type {
  ClientCreate,
  ClientCreated,
  ClientList,
  ClientQuery,
  ClientSecretCreated,
  ClientUpdate,
  ClientView,
} from '#lib/contract/oauth.ts'
import type {
  ApprovalFinished,
  ApproveBegin,
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
import type { TenantAnswer } from '#lib/contract/tenant.ts'
import type { UsageAnswer, UsageQuery } from '#lib/contract/usage.ts'
import { type Call, call } from './call.ts'
import { Mpc } from './mpc/mpc.ts'
import type { MpcSettings } from './mpc/settings.ts'
import type { DPoP } from './oauth-dpop.ts'
import { variable } from './variable.ts'

export { ApiError } from './call.ts'

export interface ClientSettings {
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

interface Request extends Omit<Call, 'headers'>, Extra, Once {}

interface Once {
  /** The same one again makes nothing twice. */
  idempotencyKey?: string | undefined
}

interface Extra {
  /** A user’s own token, sent as X-User-Token. */
  userToken?: string | undefined
  signal?: AbortSignal | undefined
}

/** From a registration's options to a credential, where no browser of this page's is to be asked. */
export type CreateCredential = Asking<RegisterBegun['publicKey'], RegisterFinish['credential']>
/** From an authentication's options to a credential, likewise: tests, native apps. */
export type GetCredential = Asking<AuthenticateBegun['publicKey'], AuthenticateFinish['credential']>
type Asking<Options, Credential> = (publicKey: Options, signal?: AbortSignal) => Credential | Promise<Credential>

interface Ceremony<Ask> extends Extra {
  /** Stands in for the browser's dialogue. */
  credential?: Ask
}

/** The two calls of a ceremony that asks for an assertion. */
interface AssertionCalls<Body, Finished> {
  begin(body: Body, extra: Extra): Promise<AuthenticateBegun>
  finish(body: AuthenticateFinish, extra: Extra): Promise<Finished>
}

/**
 * The auth server's client: one method for each endpoint, the contract's types in and out.
 *
 * @throws ApiError for every answer that is not 2xx; TypeError when the server cannot be reached
 */
export class Client {
  readonly #settings: ClientSettings

  /** @throws TypeError for a key and a token at once, or a key pair without a token */
  constructor(settings: ClientSettings = {}) {
    if (settings.apiKey !== undefined && settings.accessToken !== undefined)
      throw new TypeError('A client calls with an apiKey or with an accessToken, not with both.')
    if (settings.dpop && settings.accessToken === undefined)
      throw new TypeError('dpop needs the accessToken that is bound to it.')
    this.#settings = settings
  }

  tenant(extra: Extra = {}) {
    return this.#call<TenantAnswer>('GET', '/v1/tenant', extra)
  }

  readonly passkeys = {
    /** The whole ceremony, in a browser: asks it for a new passkey between the two calls. */
    register: Object.assign(
      (body: RegisterBegin, extra: Ceremony<CreateCredential> = {}) => this.#register(body, extra),
      {
        begin: (body: RegisterBegin, extra: Extra = {}) =>
          this.#call<RegisterBegun>('POST', '/v1/passkeys/register/begin', { body, ...extra }),
        finish: (body: RegisterFinish, extra: Extra = {}) =>
          this.#call<RegisterFinished>('POST', '/v1/passkeys/register/finish', { body, ...extra }),
      },
    ),
    /** The whole ceremony, in a browser: asks it for an assertion between the two calls. */
    authenticate: Object.assign(
      (body: AuthenticateBegin = {}, extra: Ceremony<GetCredential> = {}) => this.#authenticate(body, extra),
      {
        begin: (body: AuthenticateBegin = {}, extra: Extra = {}) =>
          this.#call<AuthenticateBegun>('POST', '/v1/passkeys/authenticate/begin', { body, ...extra }),
        finish: (body: AuthenticateFinish, extra: Extra = {}) =>
          this.#call<AuthenticateFinished>('POST', '/v1/passkeys/authenticate/finish', { body, ...extra }),
      },
    ),
    /** The whole ceremony, in a browser: the user's approval of one action, and no token. */
    approve: Object.assign(
      (body: ApproveBegin, extra: Ceremony<GetCredential> = {}) => this.#assert(this.passkeys.approve, body, extra),
      {
        begin: (body: ApproveBegin, extra: Extra = {}) =>
          this.#call<AuthenticateBegun>('POST', '/v1/passkeys/authenticate/begin', { body, ...extra }),
        finish: (body: AuthenticateFinish, extra: Extra = {}) =>
          this.#call<ApprovalFinished>('POST', '/v1/passkeys/authenticate/finish', { body, ...extra }),
      },
    ),
    /** `authenticate`, by the name that people look for. Without a username the passkey says who it is. */
    signIn: (body: AuthenticateBegin = {}, extra: Ceremony<GetCredential> = {}) => this.#authenticate(body, extra),
    list: (query: Omit<PasskeyQuery, 'limit'> & { limit?: number } = {}, extra: Extra = {}) =>
      this.#call<PasskeyList>('GET', '/v1/passkeys', { query, ...extra }),
    rename: (id: string, name: string, extra: Extra = {}) =>
      this.#call<Passkey>('PATCH', `/v1/passkeys/${encodeURIComponent(id)}`, { body: { name }, ...extra }),
    delete: (id: string, extra: Extra = {}) =>
      this.#call<undefined>('DELETE', `/v1/passkeys/${encodeURIComponent(id)}`, extra),
  }

  readonly keys = {
    create: (body: KeyCreate, extra: Extra & Once = {}) =>
      this.#call<KeyCreated>('POST', '/v1/keys', { body, ...extra }),
    list: (query: Omit<KeyQuery, 'limit'> & { limit?: number } = {}, extra: Extra = {}) =>
      this.#call<KeyList>('GET', '/v1/keys', { query, ...extra }),
    read: (id: string, extra: Extra = {}) => this.#call<KeyView>('GET', pathOf(id), extra),
    update: (id: string, body: KeyUpdate, extra: Extra = {}) =>
      this.#call<KeyView>('PATCH', pathOf(id), { body, ...extra }),
    rotate: (id: string, body: KeyRotate = {}, extra: Extra & Once = {}) =>
      this.#call<KeyCreated>('POST', `${pathOf(id)}/rotate`, { body, ...extra }),
    revoke: (id: string, extra: Extra = {}) => this.#call<KeyView>('POST', `${pathOf(id)}/revoke`, extra),
    testAddress: (id: string, ip: string, extra: Extra = {}) =>
      this.#call<AllowlistVerdict>('POST', `${pathOf(id)}/allowlist/test`, { body: { ip }, ...extra }),
  }

  readonly oauthClients = {
    create: (body: ClientCreate, extra: Extra = {}) =>
      this.#call<ClientCreated>('POST', '/v1/oauth/clients', { body, ...extra }),
    list: (query: Omit<ClientQuery, 'limit'> & { limit?: number } = {}, extra: Extra = {}) =>
      this.#call<ClientList>('GET', '/v1/oauth/clients', { query, ...extra }),
    read: (clientId: string, extra: Extra = {}) => this.#call<ClientView>('GET', clientPath(clientId), extra),
    update: (clientId: string, body: ClientUpdate, extra: Extra = {}) =>
      this.#call<ClientView>('PATCH', clientPath(clientId), { body, ...extra }),
    delete: (clientId: string, extra: Extra = {}) => this.#call<undefined>('DELETE', clientPath(clientId), extra),
    /** A further secret, so that one can be replaced without an interruption: two work at once. */
    addSecret: (clientId: string, extra: Extra = {}) =>
      this.#call<ClientSecretCreated>('POST', `${clientPath(clientId)}/secrets`, extra),
    removeSecret: (clientId: string, id: string, extra: Extra = {}) =>
      this.#call<undefined>('DELETE', `${clientPath(clientId)}/secrets/${encodeURIComponent(id)}`, extra),
  }

  /** What an OAuth app asks the user of its access token to approve. */
  readonly approvals = {
    create: (body: ApprovalCreate, extra: Extra = {}) =>
      this.#call<ApprovalCreated>('POST', '/v1/approvals', { body, ...extra }),
    read: (id: string, extra: Extra = {}) =>
      this.#call<ApprovalState>('GET', `/v1/approvals/${encodeURIComponent(id)}`, extra),
  }

  usage(query: UsageQuery = {}, extra: Extra = {}) {
    return this.#call<UsageAnswer>('GET', '/v1/usage', { query, ...extra })
  }

  /** Keys of multi-party computation, of the user whose token it is. Their code is loaded when they are first used. */
  mpc(settings: MpcSettings): Mpc {
    const { fetch } = this.#settings
    return new Mpc(settings, { baseUrl: this.#baseUrl, fetch, approve: this.passkeys.approve })
  }

  get #baseUrl(): string {
    return this.#settings.baseUrl ?? variable('PLAYGROUND_BASE_URL') ?? ''
  }

  async #register(
    body: RegisterBegin,
    { credential, ...extra }: Ceremony<CreateCredential>,
  ): Promise<RegisterFinished> {
    const { begin, finish } = this.passkeys.register
    const { ceremonyId, publicKey } = await begin(body, extra)
    const ask = credential ?? (await import('./passkey-ceremonies.ts')).create
    return finish({ ceremonyId, credential: await ask(publicKey, extra.signal) }, { signal: extra.signal })
  }

  #authenticate(body: AuthenticateBegin, extra: Ceremony<GetCredential>): Promise<AuthenticateFinished> {
    return this.#assert(this.passkeys.authenticate, body, extra)
  }

  async #assert<Body, Finished>(
    { begin, finish }: AssertionCalls<Body, Finished>,
    body: Body,
    { credential, ...extra }: Ceremony<GetCredential>,
  ): Promise<Finished> {
    const { ceremonyId, publicKey } = await begin(body, extra)
    const { get, withoutPrfResults } = await import('./passkey-ceremonies.ts')
    const answer = await (credential ?? get)(publicKey, extra.signal)
    return finish({ ceremonyId, credential: withoutPrfResults(answer) }, { signal: extra.signal })
  }

  #call<Answer>(method: string, path: string, { userToken, idempotencyKey, ...rest }: Request): Promise<Answer> {
    const { apiKey, accessToken, dpop, fetch = globalThis.fetch } = this.#settings
    const headers = {
      Authorization: `Bearer ${accessToken ?? apiKey ?? variable('PLAYGROUND_API_KEY') ?? ''}`,
      'X-User-Token': userToken,
      'Idempotency-Key': idempotencyKey,
    }
    const send: typeof fetch =
      dpop && accessToken !== undefined
        ? (url, init = {}) => dpop.request(accessToken, String(url), init, fetch)
        : fetch
    return call(send, method, `${this.#baseUrl}${path}`, { ...rest, headers })
  }
}

function pathOf(keyId: string): string {
  return `/v1/keys/${encodeURIComponent(keyId)}`
}

function clientPath(clientId: string): string {
  return `/v1/oauth/clients/${encodeURIComponent(clientId)}`
}
