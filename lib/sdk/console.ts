import type { AuditList, AuditQuery } from '#lib/contract/audit.ts'
import type { ConsoleCeremonies } from '#lib/contract/ceremony-figures.ts'
import type { ConsoleSession, ConsoleUsage, ConsoleUsageQuery, QuotaView } from '#lib/contract/console.ts'
import type { FoundList, FrameView } from '#lib/contract/console-frame.ts'
import type { HomeRange, HomeView } from '#lib/contract/console-home.ts'
import type { Environment } from '#lib/contract/environment.ts'
import { ApiError, type Call, call } from './call.ts'
import { account } from './console/account.ts'
import { clients } from './console/clients.ts'
import { keys } from './console/keys.ts'
import { logs } from './console/logs.ts'
import { members, own, tenants } from './console/members.ts'
import { mpcKeys } from './console/mpc-keys.ts'
import type { ConsoleSend } from './console/send.ts'
import { attestation, branding, relyingParty, signUp } from './console/settings.ts'
import { confirm, join, signIn } from './console/sign-in.ts'
import { skills } from './console/skills.ts'
import { users } from './console/users.ts'
import { webhooks } from './console/webhooks.ts'

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
  /** Shared with those that confirm. */
  #shown: { tenantId: string | undefined } = { tenantId: undefined }
  readonly #send: ConsoleSend = (method, path, rest) => this.#call(method, path, rest)

  readonly join = join(this.#send)
  readonly signIn = signIn(this.#send)
  readonly confirm = confirm(this.#send)
  readonly keys = keys(this.#send)
  readonly users = users(this.#send)
  readonly clients = clients(this.#send)
  readonly skills = skills(this.#send)
  readonly webhooks = webhooks(this.#send)
  readonly logs = logs(this.#send)
  readonly mpcKeys = mpcKeys(this.#send)
  readonly account = account(this.#send)
  readonly signUp = signUp(this.#send)
  readonly members = members(this.#send)
  readonly own = own(this.#send)
  readonly tenants = tenants(this.#send)
  readonly relyingParty = relyingParty(this.#send)
  readonly branding = branding(this.#send)
  readonly attestation = attestation(this.#send)

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
    client.#shown = this.#shown
    return client
  }

  /** The tenant that the pages show from now on: where the session is in another one by then, they are refused. */
  shows(tenantId: string | undefined): void {
    this.#shown.tenantId = tenantId
  }

  session() {
    return this.#call<ConsoleSession>('GET', '/session')
  }

  signOut() {
    return this.#call<undefined>('POST', '/sign-out', { body: {} })
  }

  /** What the navigation says beside its entries. */
  frame(environment: Environment) {
    return this.#call<FrameView>('GET', '/frame', { query: { environment } })
  }

  /** How it went lately, what needs somebody, and what to do next. */
  home(environment: Environment, range: HomeRange) {
    return this.#call<HomeView>('GET', '/home', { query: { environment, range } })
  }

  /** What a text names; never a secret, which is none of a path's or a query's. */
  find(q: string, environment: Environment, signal?: AbortSignal) {
    return this.#call<FoundList>('GET', '/find', { query: { q, environment }, ...(signal ? { signal } : {}) })
  }

  quota() {
    return this.#call<QuotaView>('GET', '/quota')
  }

  usage(query: ConsoleUsageQuery) {
    return this.#call<ConsoleUsage>('GET', '/usage', { query })
  }

  ceremonies(query: ConsoleUsageQuery = {}) {
    return this.#call<ConsoleCeremonies>('GET', '/usage/ceremonies', { query })
  }

  audit(query: Omit<AuditQuery, 'limit'> & { limit?: number } = {}) {
    return this.#call<AuditList>('GET', '/audit', { query })
  }

  async #call<Answer>(method: string, path: string, rest: Call = {}): Promise<Answer> {
    const headers = { ...rest.headers, 'Console-Tenant': this.#shown.tenantId }
    const send = () => call<Answer>(this.#fetch, method, `${this.#baseUrl}/console/api${path}`, { ...rest, headers })
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

/** Where a download of a tenant is: a link's address, since the browser sends the cookie along; refused once that is for another. */
export function exportPath(
  tenantId: string,
  what: 'usage.csv' | 'audit.csv' | 'audit.json' | 'account/transactions.csv',
  query: Record<string, string | undefined>,
): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value) search.set(name, value)
  return `/console/api/of/${encodeURIComponent(tenantId)}/${what}${search.size ? `?${search}` : ''}`
}
