import type { Environment, Tier } from '#lib/contract/environment.ts'
import { type Scope, scopeNames } from '#lib/contract/scopes.ts'

/** Whoever is asking, in one of a tenant's environments. Verbs take it and trust nothing else. */
export interface Caller {
  tenant: CallerTenant
  environment: Environment
  /** The API key that was sent; null for an access token, for a member in the Console and for the operator. */
  key: CallerKey | null
  /** With an access token: the OAuth client that it was issued to. */
  client: { id: string; name: string } | null
  /**
   * With an access token: the user that it acts for, and the passkey that they signed in with. Null for a client's own,
   * and for every other caller.
   */
  user: { id: string; username: string; passkeyId: string } | null
  scopes: ReadonlySet<string>
  /** Who answers for what is changed. */
  actor: Actor
  /** Whom the request is about, as far as a verb has found out, for the log of requests. */
  about?: Concerned
  /** What the request is counted as, where the commit that its answer waits for may count it. */
  counting?: Counting
}

/** A request that is not counted yet. */
export interface Counting {
  operation(): string
  /** Requests in the minute of the key's rate bucket, and slots taken, this one among them. */
  requests: number
  inFlight: number
  /** Whether it is counted in a commit of its verb's. */
  written: boolean
}

/** A user whom a request is about: one who is there has an id. */
export interface Concerned {
  id: string | null
  username: string | null
}

export interface CallerKey {
  id: string
  name: string
  hint: string
  /** What it is held to: its own, or the tenant's ceiling where that is lower. */
  tier: Tier
  expiresAt: Date | null
  /** Addresses and ranges that it may be used from, separated by one space; empty: any. */
  allowedIps: string
  /** The first key of its rotations: its family shares a rate bucket. */
  familyId: string
  demo: boolean
}

export interface CallerTenant {
  id: string
  slug: string
  name: string
  rpId: string | null
  rpName: string | null
  origins: string | null
  brandName: string | null
  brandColor: string | null
  logoUrl: string | null
  /** Requests in a calendar month that it was sold. Null: no quota. */
  monthlyQuota: number | null
  /** The highest tier that its keys may have. */
  tierCeiling: string
}

/** Who makes a change, from where and in which request, for the audit log. */
export interface Actor {
  type: 'key' | 'client' | 'user' | 'member' | 'operator' | 'system'
  id: string
  name: string
  /** Null where it is not known. */
  address: string | null
  requestId: string | null
}

/** Whoever runs the server, at its command line. */
export const operator: Actor = { type: 'operator', id: 'operator', name: 'Operator', address: null, requestId: null }

/** The server itself. */
export const system: Actor = { type: 'system', id: 'system', name: 'Server', address: null, requestId: null }

/** Somebody who may do everything in a tenant's environment: the operator, a member, the server itself. */
export function fullCaller(tenant: CallerTenant, environment: Environment, actor: Actor): Caller {
  return { tenant, environment, key: null, client: null, user: null, scopes: new Set(scopeNames), actor }
}

/** Whose data: one tenant's one environment. Every query for a caller names both. */
export interface Place {
  tenantId: string
  environment: Environment
}

/** Where a caller's data is. */
export function placeOf(caller: Caller): Place {
  return { tenantId: caller.tenant.id, environment: caller.environment }
}

/** The party that a caller's tokens are issued to, as the claim `azp` names it: the API key, or the OAuth client. */
export function partyOf({ key, client, actor }: Caller): string {
  return key?.id ?? client?.id ?? actor.id
}

/** Says whom a caller's request is about, for the log of requests: also where it is refused then. */
export function concerning(caller: Caller, { id, username }: Concerned): void {
  caller.about = { id, username }
}

/** Whether the caller holds a scope, to the letter. */
export function holds(caller: Caller, scope: Scope): boolean {
  return caller.scopes.has(scope)
}

/** Whether a scope is the caller's over everybody in its environment: one who acts for a user has it over that user alone. */
export function administers(caller: Caller, scope: Scope): boolean {
  return holds(caller, scope) && !caller.user
}

/** Whether the caller is told why: a test environment explains, a live one does so to keys with `passkeys:debug`. */
export function explainsTo(caller: Caller): boolean {
  return caller.environment === 'test' || administers(caller, 'passkeys:debug')
}
