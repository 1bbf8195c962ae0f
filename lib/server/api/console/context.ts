import type { Context, MiddlewareHandler, Next } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Role } from '#lib/contract/roles.ts'
import type { Caller } from '../../caller.ts'
import {
  confirmed,
  memberOf,
  mustBe,
  type NewSession,
  type SignedIn,
  sessionMilliseconds,
  type Visitor,
} from '../../console/sessions.ts'
import { env } from '../../env.ts'
import { admit } from '../../limits/limits.ts'
import { Problem } from '../../problem.ts'
import { clientAddress, visitorNetwork } from '../client-address.ts'
import type { ApiEnv } from '../context.ts'

/** What the Console's middleware leaves for handlers. */
export interface ConsoleEnv {
  Variables: ApiEnv['Variables'] & { signedIn: SignedIn }
}

// A browser with a page open asks a few times a minute; what asks this often is none.
const limits = { requestsPerMinute: 600, concurrent: 50 }

const onHttps = () => new URL(env().baseUrl).protocol === 'https:'

/** `__Host-`: sent over HTTPS only, to this host alone, and set by nobody else. */
const cookieName = () => (onHttps() ? '__Host-console' : 'console')
const cookieOptions = () => ({ path: '/', httpOnly: true, sameSite: 'Lax', secure: onHttps() }) as const

/** The session cookie's value among these. */
export function sessionCookieOf(cookies: { get(name: string): { value: string } | undefined }): string | undefined {
  return cookies.get(cookieName())?.value
}

/** From where and with what a request comes. */
export function visitorOf(c: Context<ConsoleEnv>): Visitor {
  return { address: clientAddress(c), userAgent: c.req.header('user-agent'), requestId: c.get('requestId') }
}

/**
 * Makes a change that needs a fresh assertion; `run` is told which passkey gave it. It is confirmed by its name, the method
 * and the path below the Console's API, and by what `jsonBody` read of it; no other change is with it.
 */
export async function confirmedHere<Result>(
  c: Context<ConsoleEnv>,
  run: (passkeyId: string) => Promise<Result>,
): Promise<Result> {
  const change = `${c.req.method} ${c.req.path.replace(/^\/console\/api/, '')}`
  return confirmed(c.get('signedIn'), change, await c.req.bodyCache.json, run)
}

/** Makes a change in the caller's environment: a live one needs a fresh assertion. */
export function confirmedIfLive<Result>(
  c: Context<ConsoleEnv>,
  { environment }: Caller,
  run: () => Promise<Result>,
): Promise<Result> {
  return environment === 'live' ? confirmedHere(c, run) : run()
}

/** Gives the browser its session. */
export function keepSession(c: Context, { cookie, session }: NewSession) {
  setCookie(c, cookieName(), cookie, { ...cookieOptions(), maxAge: sessionMilliseconds / 1000 })
  return session
}

/** Takes it away. */
export function dropSession(c: Context): void {
  deleteCookie(c, cookieName(), cookieOptions())
}

/**
 * Every route of the Console says first who may ask it: `.post('/things', developer, jsonBody, async (c) => …)`. The handler
 * finds the member in `c.get('signedIn')`; a member with less is refused with `role_required`, before the body is read. A
 * test walks all routes and fails on one that says nothing.
 *
 * - `viewer`: reads, but for secrets; and what members do with their own passkeys and sessions.
 * - `developer`: changes what a tenant builds with: keys, clients, webhooks, skills, MPC keys, users.
 * - `owner`: changes who may come in, whom the tenant trusts, how it looks, and money.
 * - `throttled`, `anyone`: nobody need be signed in.
 */
export const [viewer, developer, owner] = [membersFrom('viewer'), membersFrom('developer'), membersFrom('owner')]

/** Whoever asks, as often as they like. */
export const anyone: MiddlewareHandler<ConsoleEnv> = (_c, next) => next()

/** The least role that a handler lets in, `none` where nobody need be signed in; undefined where it decides nothing. */
export function admits(handler: unknown): Role | 'none' | undefined {
  if (handler === anyone || handler === throttled) return 'none'
  return handler === viewer ? 'viewer' : handler === developer ? 'developer' : handler === owner ? 'owner' : undefined
}

/** Members with at least a role. Each asks no more often than people with browsers do. */
function membersFrom(least: Role): MiddlewareHandler<ConsoleEnv> {
  return async (c, next) => {
    const identify = async () => inTenantOf(c, await memberOf(getCookie(c, cookieName()), visitorOf(c)))
    const signedIn = await identify()
    c.set('signedIn', signedIn)
    c.set('checkAgain', async () => {
      const again = await identify()
      mustBe(again, least)
      c.set('signedIn', again)
    })
    await limited(c, `console ${signedIn.member.id}`, async () => {
      mustBe(signedIn, least)
      await next()
    })
  }
}

/**
 * Refuses a page of another tenant than the session's, which says so in a header, and a download's link in its path. A
 * session moves, or somebody else signs in, in one tab; what the others still show is changed nowhere.
 *
 * @throws Problem session_required
 */
function inTenantOf(c: Context<ConsoleEnv>, signedIn: SignedIn): SignedIn {
  const shown = [c.req.header('console-tenant'), c.req.param('tenantId')]
  if (shown.every((id) => id === undefined || id === signedIn.tenant.id)) return signedIn
  throw new Problem(
    'session_required',
    `This page shows another tenant: in this browser you are signed in to ${signedIn.tenant.name} now. Load the page again.`,
  )
}

/** Visitors are nobody yet: they are told apart by their network, and where the server can know none, not at all. */
export const throttled: MiddlewareHandler<ConsoleEnv> = async (c, next) => {
  const visitor = visitorNetwork(c)
  if (!visitor) return next()
  await limited(c, `console ${visitor}`, next)
}

async function limited(c: Context<ConsoleEnv>, bucket: string, next: Next): Promise<void> {
  const { release, headers } = await admit(bucket, limits)
  for (const [name, value] of Object.entries(headers)) c.header(name, value)
  await next().finally(release)
}
