import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { fileOf } from '#lib/foundation/database-place.ts'
import { StorageUnavailable } from '#lib/foundation/storage-failure.ts'
import { closeDatabase, database, direct } from '../db/database.ts'
import { env } from '../env.ts'
import { type Answer, expectProblem, newTenant, send } from './suite/harness.ts'
import { OAuthBrowser } from './suite/oauth-harness.ts'
import {
  type App,
  apiUrl,
  askToken,
  authorizationUrl,
  newApp,
  newService,
  newTokens,
  post,
} from './suite/oauth-test-clients.ts'

// A database that refuses, as those see it who ask the server meanwhile: all is 503 and to be tried again, nothing is lost.

vi.setConfig({ testTimeout: 60_000 })

let home: Awaited<ReturnType<typeof newTenant>>
let app: App
let publicApp: App
let uid: string
const browser = new OAuthBrowser()

beforeAll(async () => {
  home = await newTenant({ scopes: ['passkeys:register', 'passkeys:authenticate', 'keys:manage', 'usage:read'] })
  app = await newService()
  publicApp = await newApp({ tenantId: app.tenantId })
  await home.client.tenant()
  const { url } = await authorizationUrl(app)
  const step = await browser.fetch(url)
  uid = /\/interaction\/([^/?]+)/.exec(step.headers.get('location') ?? '')?.[1] ?? ''
  expect(uid).not.toBe('')
})
afterAll(closeDatabase)

const json = (method: string, path: string, body?: object) =>
  send(method, path, {
    headers: { 'X-API-Key': home.key.secret, 'Content-Type': 'application/json', Origin: 'http://localhost:3000' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })

async function interactionStep(): Promise<Answer> {
  const answer = await browser.fetch(`http://localhost:3000/interaction/${uid}/api/sign-in/begin`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{}',
  })
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, text, body: JSON.parse(text) }
}

/** What is answered as a problem: reads and writes of the API, the Console, an interaction. */
const requests: Record<string, () => Promise<Answer>> = {
  'a read of the API': () => json('GET', '/v1/tenant'),
  'a ceremony': () => json('POST', '/v1/passkeys/register/begin', { username: 'ada' }),
  'a new key': () => json('POST', '/v1/keys', { name: 'New', scopes: ['usage:read'] }),
  'a sign-in to the Console': () => json('POST', '/console/api/sign-in/begin'),
  'a step of an interaction': interactionStep,
}

const pushed = async () =>
  post('/oauth/par', {
    ...Object.fromEntries(new URL((await authorizationUrl(app)).url).searchParams),
    client_secret: app.clientSecret ?? '',
  })

/** Where a browser that begins a sign-in is led, or what it is shown. */
async function authorize(): Promise<string> {
  const answer = await new OAuthBrowser().fetch((await authorizationUrl(app)).url)
  return `${answer.status} ${answer.headers.get('location')} ${await answer.text()}`
}

async function noWriting(): Promise<() => Promise<unknown>> {
  const db = await database()
  await db.$queryRawUnsafe('PRAGMA query_only = ON')
  return () => db.$queryRawUnsafe('PRAGMA query_only = OFF')
}

async function locked(): Promise<() => Promise<unknown>> {
  const other = new Database(fileOf(env().database))
  other.exec('BEGIN IMMEDIATE')
  return async () => other.exec('ROLLBACK').close()
}

const kept = async () => {
  const db = await database()
  const [keys, ceremonies, records, [sum]] = await Promise.all([
    db.apiKey.count(),
    db.ceremony.count(),
    db.oAuthRecord.count(),
    db.$queryRaw<{ requests: bigint }[]>`SELECT coalesce(SUM("requests"), 0) AS "requests" FROM "UsageShard"`,
  ])
  return { keys, ceremonies, records, counted: Number(sum?.requests) }
}

const retryAfter = ({ headers }: Answer) => Number(headers.get('retry-after'))

/** Refresh tokens that a public client has, and those of them that were used. */
const refreshTokens = async () => {
  const where = { kind: 'RefreshToken', clientId: publicApp.clientId }
  const db = await database()
  return [
    await db.oAuthRecord.count({ where }),
    await db.oAuthRecord.count({ where: { ...where, consumedAt: { not: null } } }),
  ]
}

describe.each([
  ['cannot be written', noWriting],
  ['is locked by another process', locked],
] as const)('where the database %s', (_, begin) => {
  test('requests are answered as unavailable, and once it is over they are carried out and counted', async () => {
    const before = await kept()
    const end = await begin()
    const answers = Promise.all(Object.values(requests).map((ask) => ask()))
    const [request, page] = [pushed(), authorize()]
    expect((await send('GET', '/livez')).status).toBe(200)
    expect((await send('GET', '/.well-known/jwks.json')).status).toBe(200)
    expectProblem(await json('GET', '/v1/usage?from=never'), [400, 'invalid_request'])
    await expect.poll(async () => (await send('GET', '/readyz')).status).toBe(503)
    for (const answer of await answers) {
      expectProblem(answer, [503, 'unavailable'])
      expect(retryAfter(answer)).toBeGreaterThan(0)
    }
    const refused = await request
    expect([refused.status, refused.body.error]).toEqual([503, 'temporarily_unavailable'])
    expect(retryAfter(refused)).toBeGreaterThan(0)
    expect(await page).toContain('temporarily_unavailable')
    expect(await kept()).toEqual(before)
    await end()
    await expect.poll(async () => (await send('GET', '/readyz')).status).toBe(200)
    for (const ask of Object.values(requests)) expect((await ask()).status).toBeLessThan(300)
    expect((await pushed()).status).toBe(201)
    expect(await authorize()).toContain('/interaction/')
    const { keys, counted } = await kept()
    expect([keys, counted]).toEqual([before.keys + 1, before.counted + 3])
  })

  test('a refresh token is not used up by a rotation that is refused', async () => {
    const { refresh_token } = await newTokens(publicApp, browser)
    const before = await refreshTokens()
    const refresh = () => askToken(publicApp, { grant_type: 'refresh_token', refresh_token, resource: apiUrl })
    const end = await begin()
    const refused = await refresh()
    expect([refused.status, refused.body.error]).toEqual([503, 'temporarily_unavailable'])
    expect(refused.body).not.toHaveProperty('access_token')
    expect(retryAfter(refused)).toBeGreaterThan(0)
    expect(await refreshTokens()).toEqual(before)
    await end()
    const rotated = await refresh()
    expect(rotated.status).toBe(200)
    expect(rotated.body.refresh_token).not.toBe(refresh_token)
    const [all = 0, used = 0] = before
    expect(await refreshTokens()).toEqual([all + 1, used + 1])
  })
})

test('a change that was made and could not be counted does not promise, by Retry-After, that nothing was changed', async () => {
  const storage = await direct()
  const { write } = storage
  // Between the change's commit and the count's, as when a disk is full by then.
  storage.write = (statements) =>
    write(() => {
      const asked = statements()
      if (JSON.stringify(asked).includes('INTO \\"UsageShard')) throw new StorageUnavailable('full')
      return asked
    })
  const before = await kept()
  const [made, read] = [
    await json('POST', '/v1/keys', { name: 'Made', scopes: ['usage:read'] }),
    await json('GET', '/v1/tenant'),
  ]
  storage.write = write
  expectProblem(made, [503, 'unavailable'])
  expect([made.headers.get('retry-after'), made.body.detail]).toEqual([
    null,
    expect.stringContaining('was carried out'),
  ])
  expectProblem(read, [503, 'unavailable'])
  expect(retryAfter(read)).toBeGreaterThan(0)
  expect(await kept()).toEqual({ ...before, keys: before.keys + 1 })
})
