import { createHash } from 'node:crypto'
import type { ConsoleSession } from '#lib/contract/console.ts'
import type { Environment, Tier } from '#lib/contract/environment.ts'
import { mayAs, ownersScope, type Role, roles, whoMay } from '#lib/contract/roles.ts'
import { scopeNames } from '#lib/contract/scopes.ts'
import { record } from '../audit/audit.ts'
import { type Actor, type Caller, type CallerTenant, fullCaller } from '../caller.ts'
import { clock, isDue, later } from '../clock.ts'
import { newId } from '../ids.ts'
import { hasPasskey } from '../passkeys/own.ts'
import { Problem } from '../problem.ts'
import { hashToken, newToken } from '../secret-token.ts'
import { brandingOf } from '../tenants/branding.ts'
import * as store from './store.ts'

/** How long a session lasts, from its sign-in on. */
export const sessionMilliseconds = 12 * 3_600_000
const confirmationMilliseconds = 2 * 60_000
const touchMilliseconds = 60_000

/** From where and with what a person comes. */
export interface Visitor {
  address: string | undefined
  userAgent: string | undefined
  requestId: string
}

/** A member who is signed in. */
export interface SignedIn {
  sessionId: string
  /** The passkey that they signed in with. */
  passkeyId: string
  expiresAt: Date
  member: { id: string; userId: string; username: string; name: string; role: Role }
  tenant: CallerTenant
  actor: Actor
}

/** A session that just began: the cookie is here and nowhere else. */
export interface NewSession {
  cookie: string
  session: ConsoleSession
}

type Member = NonNullable<Awaited<ReturnType<typeof store.findMember>>>

/**
 * Begins a session for a member who came with a passkey, in a transaction that is open or its own; undefined for one who was
 * removed meanwhile.
 */
export async function beginSession(
  member: Pick<Member, 'id' | 'name' | 'role'>,
  passkeyId: string,
  tenant: CallerTenant,
  visitor: Visitor,
  tx?: store.Transaction,
): Promise<NewSession | undefined> {
  const cookie = newToken()
  const { address, userAgent } = visitor
  const session = {
    id: newId('ses'),
    hash: hashToken(cookie, 'session'),
    memberId: member.id,
    passkeyId,
    address: address ?? null,
    userAgent: userAgent?.slice(0, 256) ?? null,
    expiresAt: later(sessionMilliseconds),
  }
  const change = {
    tenantId: tenant.id,
    action: 'session.began' as const,
    target: { id: session.id, name: member.name },
  }
  const recorded = (open: store.Transaction) => record(open, actorOf(member, visitor), change)
  if (!(await store.saveSession(session, recorded, tx))) return undefined
  return { cookie, session: viewOf(member, tenant, session.expiresAt) }
}

/**
 * Who a cookie signs in.
 *
 * @throws Problem session_required
 */
export async function memberOf(cookie: string | undefined, visitor: Visitor): Promise<SignedIn> {
  const found = cookie && cookie.length <= 64 ? await store.findSession(hashToken(cookie, 'session')) : null
  if (!found) throw sessionEnded()
  if (isDue(found.lastSeenAt.getTime(), touchMilliseconds)) void store.touchSession(found.id).catch(() => undefined)
  const { id, passkeyId, expiresAt, member, tenant } = found
  return { sessionId: id, passkeyId, expiresAt, member, tenant, actor: actorOf(member, visitor) }
}

export function sessionEnded(): Problem {
  return new Problem('session_required', 'You are not signed in, or the session has ended. Sign in again.')
}

/** Who is signed in, as the pages are told. */
export function sessionViewOf({
  member,
  tenant,
  expiresAt,
}: Pick<SignedIn, 'tenant' | 'expiresAt'> & { member: Pick<Member, 'id' | 'name' | 'role'> }): ConsoleSession {
  return viewOf(member, tenant, expiresAt)
}

/**
 * Refuses a member whose role is not enough.
 *
 * @throws Problem role_required
 */
export function mustBe({ member }: SignedIn, least: Role): void {
  if (mayAs(member.role, least)) return
  throw new Problem(
    'role_required',
    `${whoMay(least)} can do this; you are here as ${roles[member.role].name}. Ask one to do it, or for the role: Members names them.`,
    { role: least },
  )
}

/** A member in one environment of their tenant, with the scopes that their role may give keys and clients. */
export function callerOf({ tenant, member, actor }: SignedIn, environment: Environment): Caller {
  const caller = fullCaller(tenant, environment, actor)
  if (mayAs(member.role, 'owner')) return caller
  return { ...caller, scopes: new Set(scopeNames.filter((name) => name !== ownersScope)) }
}

/**
 * What an assertion is given for: a change in the tenant where the session is, together with what its request says. One
 * that was asked for without a body confirms only what says nothing. Another tenant's has the same paths.
 */
export function purposeOf({ tenant }: Pick<SignedIn, 'tenant'>, change: string, body: object = {}): string {
  const here = `${tenant.id} ${change}`
  if (Object.keys(body).length === 0) return here
  return `${here} ${createHash('sha256').update(JSON.stringify(body)).digest('base64url')}`
}

/**
 * Does what needs a fresh assertion that was asked for this very change, and uses that up. A change that is refused leaves
 * it for another try.
 *
 * @param change its name: the method and the path of its request
 * @param body what the request says
 * @param run is told which passkey confirmed it
 * @throws Problem confirmation_required, and what the change throws
 */
export async function confirmed<Result>(
  signedIn: SignedIn,
  change: string,
  body: object | undefined,
  run: (passkeyId: string) => Promise<Result>,
): Promise<Result> {
  const since = new Date(clock.now() - confirmationMilliseconds)
  const { sessionId } = signedIn
  const given = await store.takeConfirmation(sessionId, purposeOf(signedIn, change, body), since)
  if (!given || !(await hasPasskey(given.confirmedBy))) {
    throw new Problem('confirmation_required', 'This change needs a fresh passkey assertion of its own: confirm it.')
  }
  try {
    return await run(given.confirmedBy)
  } catch (error) {
    if (error instanceof Problem) await store.confirmSession(sessionId, given)
    throw error
  }
}

/**
 * Ends one of the person's sessions, in whichever of their tenants it is.
 *
 * @throws Problem not_found
 */
export async function endSession({ member, actor }: SignedIn, id: string): Promise<void> {
  const ended = await store.removeSession(member.userId, id, (tx, { tenantId, ...there }) => {
    const who = { ...actor, id: there.id, name: there.name }
    return record(tx, who, { tenantId, action: 'session.ended', target: { id, name: there.name } })
  })
  if (!ended) throw new Problem('not_found', 'No such session of yours.')
}

function actorOf({ id, name }: Pick<Member, 'id' | 'name'>, { address, requestId }: Visitor): Actor {
  return { type: 'member', id, name, address: address ?? null, requestId }
}

function viewOf(
  { id, name, role }: Pick<Member, 'id' | 'name' | 'role'>,
  tenant: CallerTenant,
  expiresAt: Date,
): ConsoleSession {
  const branding = brandingOf(tenant)
  return {
    member: { id, name, role: role as Role },
    tenant: { id: tenant.id, name: tenant.name, slug: tenant.slug, tierCeiling: tenant.tierCeiling as Tier },
    ...(branding ? { branding } : {}),
    expiresAt: expiresAt.toISOString(),
  }
}
