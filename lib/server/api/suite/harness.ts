import { expect, inject } from 'vitest'
import type { Environment, Tier } from '#lib/contract/environment.ts'
import { type ErrorCode, errors, errorType } from '#lib/contract/errors.ts'
import type { ProblemDocument } from '#lib/contract/problem.ts'
import type { Scope } from '#lib/contract/scopes.ts'
import { ApiError, Client } from '#lib/sdk/client.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { database } from '../../db/database.ts'
import { revokeKey } from '../../keys/keys.ts'
import { createKey } from '../../keys/make-key.ts'
import { actFor, createTenant } from '../../tenants/tenants.ts'
import { api } from '../app.ts'

// What the API's suite stands on: a tenant of its own for each test, real storage, and requests to whichever mount the
// project serves. The suite makes tenants and keys as the operator would, in the database that the server reads.

const served = inject('served')

/** The origin that responses are signed for; also the issuer of tokens. */
export const baseUrl = served?.baseUrl ?? 'http://localhost:3000'

/** What serves the API to this project. */
export const mount = served?.mount ?? 'in memory'

/** Whether the mount counts limits in a Redis: several processes do, behind the one address. */
export const countsInRedis = Boolean(served?.settings?.REDIS_URL)

/** Requests that Next answers by itself, before any handler of ours: all that the mounts do not agree on. */
export const answeredByNext: readonly [method: string, path: string, status: number][] = [
  ['GET', '/v1/%', 404],
  ['GET', '/v1/%zz', 404],
  ['GET', '/v1/tenant/', 404],
  ['PROPFIND', '/v1/tenant', 405],
]

/** fetch, wired to the mount under test: in memory, or over HTTP. */
export const request: typeof fetch = served
  ? (input, init) => fetch(input, init)
  : async (input, init) => api().request(input as string, init)

export const passkeyScopes: Scope[] = ['passkeys:register', 'passkeys:authenticate']

interface TenantSettings {
  scopes?: Scope[]
  type?: Environment
  rpId?: string
  origins?: string[]
}

/** A new tenant with one key, its client, and an authenticator on its origin. */
export async function newTenant({ scopes = passkeyScopes, type = 'test', rpId, origins }: TenantSettings = {}) {
  const slug = `t-${crypto.randomUUID().slice(0, 13)}`
  const tenant = await createTenant({ name: `Tenant ${slug}`, slug, rpId, origins })
  const addKey = async (
    type: Environment,
    scopes: Scope[],
    more: { tier?: Tier; expiresAt?: string; allowedIps?: string[] } = {},
  ) => {
    const caller = await actFor(tenant.id, type)
    const key = await createKey(caller, { type, name: 'test', scopes, ...more })
    const revoke = () => revokeKey(caller, key.id)
    return { ...key, client: clientOf(key.secret), revoke }
  }
  const key = await addKey(type, scopes)
  return {
    tenant,
    key,
    client: key.client,
    addKey,
    authenticator: new SoftwareAuthenticator({ origin: origins?.[0] ?? baseUrl }),
    stored: () => stored(tenant.id),
  }
}

export function clientOf(apiKey: string): Client {
  return new Client({ apiKey, baseUrl, fetch: request, maxRetries: 0 })
}

/** Everything that is kept of a tenant, to show that a refusal changed nothing. */
export async function stored(tenantId: string) {
  const db = await database()
  const where = { tenantId }
  const [users, passkeys] = await Promise.all([
    db.user.findMany({ where, orderBy: { id: 'asc' } }),
    db.passkey.findMany({ where, orderBy: { id: 'asc' } }),
  ])
  return { users, passkeys }
}

/** A request as it stands, for what the client never sends; the answer with its body read. */
export async function send(method: string, path: string, init: RequestInit = {}) {
  const response = await request(`${baseUrl}${path}`, { method, ...init })
  const text = await response.text()
  const isJson = /json/.test(response.headers.get('content-type') ?? '') && text !== ''
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined }
}

export type Answer = Awaited<ReturnType<typeof send>>

/** What all processes of the mount answer, as far as can be seen: each connection of its own may come to another one. */
export function sendToAll(method: string, path: string): Promise<Answer[]> {
  const one = () => send(method, path, { headers: { connection: 'close' } })
  return Promise.all(Array.from({ length: countsInRedis ? 12 : 1 }, one))
}

/** Waits until limits are counted in one place: a process that Redis did not answer in time counts by itself for some seconds. */
export async function countedTogether(): Promise<void> {
  const alone = async () => (await sendToAll('GET', '/readyz')).filter(({ body }) => body.limits === 'memory')
  await expect.poll(alone, { timeout: 30_000 }).toEqual([])
}

/** Asserts that an answer is a problem document of this status and code, whole and with the id of its request. */
export function expectProblem({ status, headers, body }: Answer, expected: [number, ErrorCode]): void {
  expect([status, body?.code]).toEqual(expected)
  expect(headers.get('content-type')).toBe('application/problem+json')
  expect(body).toMatchObject({
    type: errorType(expected[1], baseUrl),
    title: errors[expected[1]].title,
    status: expected[0],
    detail: expect.stringMatching(/./),
    requestId: headers.get('x-request-id'),
  })
}

/** Registers a discoverable passkey for a user. */
export async function register(client: Client, authenticator: SoftwareAuthenticator, username: string) {
  const { ceremonyId, publicKey } = await client.passkeys.register.begin({
    username,
    options: { authenticatorSelection: { residentKey: 'required' } },
  })
  return client.passkeys.register.finish({ ceremonyId, credential: authenticator.create(publicKey) })
}

/** Signs a user in. */
export async function signIn(client: Client, authenticator: SoftwareAuthenticator, username?: string) {
  const { ceremonyId, publicKey } = await client.passkeys.authenticate.begin(username ? { username } : {})
  return client.passkeys.authenticate.finish({ ceremonyId, credential: authenticator.get(publicKey) })
}

/** Lets a key's time end at a moment. */
export async function endKey(id: string, expiresAt: Date): Promise<void> {
  await (await database()).apiKey.update({ where: { id }, data: { expiresAt } })
}

/** Lets a ceremony's five minutes pass. */
export async function expire(ceremonyId: string): Promise<void> {
  const db = await database()
  await db.ceremony.updateMany({ where: { id: ceremonyId }, data: { expiresAt: new Date(Date.now() - 1) } })
}

/** The problem that a call is refused with; fails when it is not refused. */
export async function refusal(call: Promise<unknown>): Promise<ProblemDocument> {
  const answer = await call.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (answer instanceof ApiError) return answer.problem
  throw answer ?? new Error('The call was expected to be refused, and was not.')
}

/** A refusal's status and code, for a short assertion. */
export async function refusedWith(call: Promise<unknown>): Promise<[number, ErrorCode]> {
  const { status, code } = await refusal(call)
  return [status, code]
}
