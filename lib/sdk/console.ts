import type { AccountView, PaymentMethodView, TopUpView, TransactionList } from '#lib/contract/account.ts'
import type { AuditList, AuditQuery } from '#lib/contract/audit.ts'
import type {
  BrandingUpdate,
  BrandingView,
  ConsoleDeliveryList,
  ConsoleKey,
  ConsoleSession,
  ConsoleUsage,
  ConsoleUsageQuery,
  ConsoleWebhook,
  Invited,
  JoinInvitation,
  KeyAddresses,
  MembersAnswer,
  PasskeyRemoved,
  QuotaView,
  RelyingPartyUpdate,
  RelyingPartyView,
} from '#lib/contract/console.ts'
import type {
  BalanceOverTime,
  BalanceRange,
  ConsoleAccount,
  ConsoleAccountUpdate,
  ConsoleFund,
  ConsoleMethodCreate,
  ConsoleTransactionsQuery,
} from '#lib/contract/console-account.ts'
import type { Environment } from '#lib/contract/environment.ts'
import type { AllowlistVerdict, KeyCreate, KeyCreated, KeyRotate, KeyUpdate, KeyView } from '#lib/contract/keys.ts'
import type { MpcKeyList, MpcKeysQuery, MpcKeyView } from '#lib/contract/mpc-keys.ts'
import type { ClientCreate, ClientCreated, ClientSecretCreated, ClientUpdate, ClientView } from '#lib/contract/oauth.ts'
import type { AuthenticateBegun, AuthenticateFinish, RegisterBegun, RegisterFinish } from '#lib/contract/passkeys.ts'
import type {
  ManagedRun,
  ManagedRunList,
  ManagedSkill,
  ManagedSkillWithSecret,
  RemoteSkillCreate,
  RemoteSkillUpdate,
  SkillRequest,
  SkillRunQuery,
} from '#lib/contract/skills.ts'
import type {
  DeliveryDetail,
  DeliveryQuery,
  WebhookCreate,
  WebhookCreated,
  WebhookRecovered,
  WebhookSecret,
  WebhookTest,
  WebhookUpdate,
  WebhookView,
} from '#lib/contract/webhooks.ts'
import { ApiError, type Call, call } from './call.ts'

/** Gives a fresh assertion for a change and what it says; `refused`: the server has just asked for it. */
export type Confirm = (change: string, body: unknown, refused: boolean) => Promise<void>

/**
 * What the Console's pages ask of the server, for the member that the browser's cookie signs in.
 *
 * A change of a live key is refused with `confirmation_required` until `confirm` was done with a fresh assertion that was
 * asked for it; each confirmation is good for that one change.
 *
 * @throws ApiError for every answer that is not 2xx; TypeError when the server cannot be reached
 */
export class ConsoleClient {
  readonly #fetch: typeof fetch
  readonly #baseUrl: string
  #confirming: { ask: Confirm; first: boolean } | undefined

  constructor({
    fetch = (...request) => globalThis.fetch(...request),
    baseUrl = '',
  }: { fetch?: typeof globalThis.fetch; baseUrl?: string } = {}) {
    this.#fetch = fetch
    this.#baseUrl = baseUrl
  }

  /**
   * The same, with changes that are confirmed as they are made: `first`, where the server is known to ask for it, or once it
   * does. `ask` does `confirm` for the change that it is told.
   */
  confirming(ask: Confirm, first: boolean): ConsoleClient {
    const client = new ConsoleClient({ fetch: this.#fetch, baseUrl: this.#baseUrl })
    client.#confirming = { ask, first }
    return client
  }

  readonly join = {
    read: (token: string) => this.#call<JoinInvitation>('POST', '/join/read', { body: { token } }),
    begin: (token: string, name: string) => this.#call<RegisterBegun>('POST', '/join/begin', { body: { token, name } }),
    finish: (token: string, finish: RegisterFinish) =>
      this.#call<ConsoleSession>('POST', '/join/finish', { body: { token, ...finish } }),
  }

  readonly signIn = {
    begin: () => this.#call<AuthenticateBegun>('POST', '/sign-in/begin', { body: {} }),
    finish: (body: AuthenticateFinish) => this.#call<ConsoleSession>('POST', '/sign-in/finish', { body }),
  }

  readonly confirm = {
    /** For a change by its name, the method and the path of its request, and for what that says. */
    begin: (change: string, body?: unknown) =>
      this.#call<AuthenticateBegun>('POST', '/confirm/begin', { body: { change, body } }),
    finish: (body: AuthenticateFinish) => this.#call<undefined>('POST', '/confirm/finish', { body }),
  }

  session() {
    return this.#call<ConsoleSession>('GET', '/session')
  }

  signOut() {
    return this.#call<undefined>('POST', '/sign-out', { body: {} })
  }

  quota() {
    return this.#call<QuotaView>('GET', '/quota')
  }

  readonly keys = {
    list: (environment: Environment) => this.#call<{ data: ConsoleKey[] }>('GET', '/keys', { query: { environment } }),
    create: (body: KeyCreate & { type: Environment }, idempotencyKey?: string) =>
      this.#call<KeyCreated>('POST', '/keys', { body, headers: { 'Idempotency-Key': idempotencyKey } }),
    read: (id: string) => this.#call<ConsoleKey>('GET', keyPath(id)),
    addresses: (id: string) => this.#call<KeyAddresses>('GET', `${keyPath(id)}/addresses`),
    update: (id: string, body: KeyUpdate) => this.#call<KeyView>('PATCH', keyPath(id), { body }),
    rotate: (id: string, body: KeyRotate, idempotencyKey?: string) =>
      this.#call<KeyCreated>('POST', `${keyPath(id)}/rotate`, { body, headers: { 'Idempotency-Key': idempotencyKey } }),
    revoke: (id: string) => this.#call<KeyView>('POST', `${keyPath(id)}/revoke`, { body: {} }),
    testAddress: (id: string, ip: string) =>
      this.#call<AllowlistVerdict>('POST', `${keyPath(id)}/allowlist/test`, { body: { ip } }),
  }

  readonly clients = {
    /** All of them, oldest first. */
    list: (environment: Environment) =>
      this.#call<{ data: ClientView[] }>('GET', '/oauth-clients', { query: { environment } }),
    create: (body: ClientCreate & { environment: Environment }) =>
      this.#call<ClientCreated>('POST', '/oauth-clients', { body }),
    read: (clientId: string) => this.#call<ClientView>('GET', clientPath(clientId)),
    update: (clientId: string, body: ClientUpdate) => this.#call<ClientView>('PATCH', clientPath(clientId), { body }),
    delete: (clientId: string) => this.#call<undefined>('DELETE', clientPath(clientId)),
    addSecret: (clientId: string) =>
      this.#call<ClientSecretCreated>('POST', `${clientPath(clientId)}/secrets`, { body: {} }),
    removeSecret: (clientId: string, id: string) =>
      this.#call<undefined>('DELETE', `${clientPath(clientId)}/secrets/${encodeURIComponent(id)}`),
  }

  /** The tenant's skills in an environment, and those that are built in. */
  readonly skills = {
    list: (environment: Environment) => this.#call<{ data: ManagedSkill[] }>('GET', `/skills/${environment}`),
    create: (environment: Environment, body: RemoteSkillCreate) =>
      this.#call<ManagedSkillWithSecret>('POST', `/skills/${environment}`, { body }),
    read: (environment: Environment, id: string) => this.#call<ManagedSkill>('GET', skillPath(environment, id)),
    update: (environment: Environment, id: string, body: RemoteSkillUpdate) =>
      this.#call<ManagedSkill>('PATCH', skillPath(environment, id), { body }),
    remove: (environment: Environment, id: string) => this.#call<undefined>('DELETE', skillPath(environment, id)),
    rotateSecret: (environment: Environment, id: string) =>
      this.#call<ManagedSkillWithSecret>('POST', `${skillPath(environment, id)}/rotate-secret`, { body: {} }),
    /** The request that its endpoint would get: nothing is sent. */
    request: (environment: Environment, id: string, input: unknown) =>
      this.#call<SkillRequest>('POST', `${skillPath(environment, id)}/request`, { body: { input } }),
    /** Executes it, and answers with the run, also where that failed. */
    tryOut: (environment: Environment, id: string, input: unknown) =>
      this.#call<ManagedRun>('POST', `${skillPath(environment, id)}/try`, { body: { input } }),
    runs: {
      list: (environment: Environment, query: Omit<SkillRunQuery, 'limit'> & { limit?: number } = {}) =>
        this.#call<ManagedRunList>('GET', `/skill-runs/${environment}`, { query }),
      read: (environment: Environment, id: string) =>
        this.#call<ManagedRun>('GET', `/skill-runs/${environment}/${encodeURIComponent(id)}`),
    },
  }

  readonly webhooks = {
    /** All of them, oldest first. */
    list: (environment: Environment) =>
      this.#call<{ data: ConsoleWebhook[] }>('GET', '/webhooks', { query: { environment } }),
    create: (body: WebhookCreate & { environment: Environment }, idempotencyKey?: string) =>
      this.#call<WebhookCreated>('POST', '/webhooks', { body, headers: { 'Idempotency-Key': idempotencyKey } }),
    read: (id: string) => this.#call<ConsoleWebhook>('GET', webhookPath(id)),
    update: (id: string, body: WebhookUpdate) => this.#call<WebhookView>('PATCH', webhookPath(id), { body }),
    delete: (id: string) => this.#call<undefined>('DELETE', webhookPath(id)),
    rotateSecret: (id: string) => this.#call<WebhookSecret>('POST', `${webhookPath(id)}/rotate-secret`, { body: {} }),
    /** An example of an event, sent to this endpoint alone. */
    test: (id: string, body: WebhookTest) => this.#call<DeliveryDetail>('POST', `${webhookPath(id)}/test`, { body }),
    /** Sends again what did not arrive since a moment. */
    recover: (id: string, since: string) =>
      this.#call<WebhookRecovered>('POST', `${webhookPath(id)}/recover`, { body: { since } }),
    deliveries: (id: string, query: Omit<DeliveryQuery, 'limit'> & { limit?: number } = {}) =>
      this.#call<ConsoleDeliveryList>('GET', `${webhookPath(id)}/deliveries`, { query }),
    delivery: (id: string, deliveryId: string) => this.#call<DeliveryDetail>('GET', deliveryPath(id, deliveryId)),
    /** Sends an event once more, whatever became of it. */
    resend: (id: string, deliveryId: string) =>
      this.#call<DeliveryDetail>('POST', `${deliveryPath(id, deliveryId)}/resend`, { body: {} }),
  }

  /** The keys of the tenant's users at the MPC server. */
  readonly mpcKeys = {
    list: (query: Omit<MpcKeysQuery, 'limit'> & { limit?: number }) =>
      this.#call<MpcKeyList>('GET', '/mpc-keys', { query }),
    read: (id: string, environment: Environment) =>
      this.#call<MpcKeyView>('GET', mpcKeyPath(id), { query: { environment } }),
    freeze: (id: string, environment: Environment) =>
      this.#call<MpcKeyView>('POST', `${mpcKeyPath(id)}/freeze`, { body: { environment } }),
    unfreeze: (id: string, environment: Environment) =>
      this.#call<MpcKeyView>('POST', `${mpcKeyPath(id)}/unfreeze`, { body: { environment } }),
  }

  /** The tenant's money. */
  readonly account = {
    read: (environment: Environment) => this.#call<ConsoleAccount>('GET', '/account', { query: { environment } }),
    balance: (environment: Environment, range: BalanceRange) =>
      this.#call<BalanceOverTime>('GET', '/account/balance', { query: { environment, range } }),
    transactions: (query: Omit<ConsoleTransactionsQuery, 'limit'> & { limit?: number }) =>
      this.#call<TransactionList>('GET', '/account/transactions', { query }),
    update: (body: ConsoleAccountUpdate) => this.#call<AccountView>('PATCH', '/account', { body }),
    addMethod: (body: ConsoleMethodCreate, idempotencyKey: string) =>
      this.#call<PaymentMethodView>('POST', '/account/payment-methods', {
        body,
        headers: { 'Idempotency-Key': idempotencyKey },
      }),
    removeMethod: (id: string, environment: Environment) =>
      this.#call<undefined>('POST', `/account/payment-methods/${encodeURIComponent(id)}/remove`, {
        body: { environment },
      }),
    fund: (body: ConsoleFund, idempotencyKey: string) =>
      this.#call<TopUpView>('POST', '/account/funds', { body, headers: { 'Idempotency-Key': idempotencyKey } }),
  }

  /** Whether people may make an account on the sign-in page of OAuth. */
  readonly signUp = {
    read: () => this.#call<{ signUp: boolean }>('GET', '/sign-up'),
    update: (signUp: boolean) => this.#call<{ signUp: boolean }>('PATCH', '/sign-up', { body: { signUp } }),
  }

  usage(query: ConsoleUsageQuery) {
    return this.#call<ConsoleUsage>('GET', '/usage', { query })
  }

  audit(query: Omit<AuditQuery, 'limit'> & { limit?: number } = {}) {
    return this.#call<AuditList>('GET', '/audit', { query })
  }

  readonly members = {
    list: () => this.#call<MembersAnswer>('GET', '/members'),
    remove: (id: string) => this.#call<undefined>('DELETE', `/members/${encodeURIComponent(id)}`),
    invite: () => this.#call<Invited>('POST', '/invitations', { body: {} }),
    withdraw: (id: string) => this.#call<undefined>('DELETE', `/invitations/${encodeURIComponent(id)}`),
  }

  /** The member's own passkeys and sessions. */
  readonly own = {
    addPasskey: {
      begin: () => this.#call<RegisterBegun>('POST', '/passkeys/begin', { body: {} }),
      finish: (body: RegisterFinish) => this.#call<undefined>('POST', '/passkeys/finish', { body }),
    },
    removePasskey: (id: string) => this.#call<PasskeyRemoved>('DELETE', `/passkeys/${encodeURIComponent(id)}`),
    endSession: (id: string) => this.#call<undefined>('DELETE', `/sessions/${encodeURIComponent(id)}`),
  }

  readonly relyingParty = {
    read: () => this.#call<RelyingPartyView>('GET', '/relying-party'),
    update: (body: RelyingPartyUpdate) => this.#call<RelyingPartyView>('PATCH', '/relying-party', { body }),
  }

  readonly branding = {
    read: () => this.#call<BrandingView>('GET', '/branding'),
    update: (body: BrandingUpdate) => this.#call<BrandingView>('PATCH', '/branding', { body }),
  }

  async #call<Answer>(method: string, path: string, rest: Call = {}): Promise<Answer> {
    const send = () => call<Answer>(this.#fetch, method, `${this.#baseUrl}/console/api${path}`, rest)
    if (!this.#confirming || method === 'GET') return send()
    const { ask, first } = this.#confirming
    const change = `${method} ${path}`
    if (first) await ask(change, rest.body, false)
    try {
      return await send()
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'confirmation_required') throw error
      await ask(change, rest.body, true)
      return send()
    }
  }
}

/** Where a download is: a link's address, since the browser sends the cookie along. */
export function exportPath(
  what: 'usage.csv' | 'audit.csv' | 'audit.json' | 'account/transactions.csv',
  query: Record<string, string | undefined>,
): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value) search.set(name, value)
  return `/console/api/${what}${search.size ? `?${search}` : ''}`
}

function clientPath(clientId: string): string {
  return `/oauth-clients/${encodeURIComponent(clientId)}`
}

function skillPath(environment: Environment, id: string): string {
  return `/skills/${environment}/${encodeURIComponent(id)}`
}

function webhookPath(id: string): string {
  return `/webhooks/${encodeURIComponent(id)}`
}

function deliveryPath(webhookId: string, id: string): string {
  return `${webhookPath(webhookId)}/deliveries/${encodeURIComponent(id)}`
}

function mpcKeyPath(id: string): string {
  return `/mpc-keys/${encodeURIComponent(id)}`
}

function keyPath(id: string): string {
  return `/keys/${encodeURIComponent(id)}`
}
