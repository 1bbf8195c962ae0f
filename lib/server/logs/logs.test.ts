import { expect, test } from 'vitest'
import type { LogEntry } from '#lib/contract/logs.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { newTenant, passkeyScopes, register, send, signIn } from '../api/suite/harness.ts'
import { database } from '../db/database.ts'
import { actFor } from '../tenants/tenants.ts'
import { listLogs, readLog } from './logs.ts'
import { flushLogs } from './note.ts'

const bearer = (secret: string) => ({ headers: { authorization: `Bearer ${secret}` } })

async function logOf(tenantId: string, environment: 'test' | 'live' = 'test') {
  const caller = await actFor(tenantId, environment)
  return (await listLogs(caller, { limit: 100 })).data
}

const brief = ({ operation, status, code, user }: LogEntry) => [operation, status, code, user?.username ?? null]

test('each request of a tenant is in its log, the latest first, and nobody else’s', async () => {
  const { tenant, key, client, authenticator } = await newTenant()
  const other = await newTenant()
  await register(client, authenticator, 'ada')
  await signIn(client, authenticator, 'ada')
  await client.tenant()
  const log = await logOf(tenant.id)
  expect(log.map(brief)).toEqual([
    ['tenant.read', 200, null, null],
    ['passkeys.authenticate.finish', 200, null, 'ada'],
    ['passkeys.authenticate.begin', 200, null, 'ada'],
    ['passkeys.register.finish', 201, null, 'ada'],
    ['passkeys.register.begin', 200, null, 'ada'],
  ])
  expect(log[0]).toMatchObject({
    method: 'GET',
    path: '/v1/tenant',
    key: { id: key.id, name: 'test', hint: key.hint },
    client: null,
    limit: { requests: 100, left: 95 },
    checks: null,
  })
  expect(log[1]?.user?.id).toBe(log[3]?.user?.id)
  expect(await logOf(tenant.id, 'live')).toEqual([])
  expect(await logOf(other.tenant.id)).toEqual([])
})

test('what is refused before it reaches its handler is in the log of the key’s tenant, and of a wrong key in none', async () => {
  const { tenant, key, addKey } = await newTenant()
  const [elsewhere, revoked, full] = [
    await addKey('test', passkeyScopes, { allowedIps: ['203.0.113.9'] }),
    await addKey('test', passkeyScopes),
    await addKey('test', passkeyScopes),
  ]
  await revoked.revoke()
  // As often as it takes: what a minute permits comes back meanwhile.
  while ((await send('GET', '/v1/tenant', bearer(full.secret))).status !== 429);
  await send('GET', '/v1/tenant', bearer(elsewhere.secret))
  await send('GET', '/v1/tenant', bearer(revoked.secret))
  await send('GET', '/v1/usage', bearer(key.secret))
  await send('GET', `/v1/keys/${key.secret}/Secret-Thing`, bearer(key.secret))
  await send('PUT', '/v1/tenant', bearer(key.secret))
  await send('POST', '/v1/passkeys/register/begin', { method: 'POST', ...bearer(key.secret), body: 'x' })
  await send('GET', '/v1/tenant', bearer(`${key.secret.slice(0, -8)}AAAAAAAA`))
  await send('GET', '/v1/tenant')
  // Whose key it was is looked up beside the answer: of two, whichever was found first.
  const seen = async () => {
    await flushLogs()
    return (await logOf(tenant.id)).filter(({ status }) => status >= 400)
  }
  const lines = [
    ['POST', '/v1/passkeys/register/begin', 'passkeys.register.begin', 415, 'unsupported_media_type', null],
    ['PUT', '/v1/tenant', null, 405, 'method_not_allowed', null],
    ['GET', '/v1/keys/…/…', null, 404, 'not_found', null],
    ['GET', '/v1/usage', 'usage.read', 403, 'insufficient_scope', null],
    ['GET', '/v1/tenant', 'tenant.read', 401, 'api_key_invalid', null],
    ['GET', '/v1/tenant', 'tenant.read', 403, 'ip_not_allowed', null],
    ['GET', '/v1/tenant', 'tenant.read', 429, 'rate_limited', null],
  ]
  const sorted = (rows: unknown[][]) => rows.map((row) => row.join(' ')).sort()
  await expect
    .poll(async () => sorted((await seen()).map((row) => [row.method, row.path, ...brief(row)])))
    .toEqual(sorted(lines))
  expect((await seen()).find(({ code }) => code === 'api_key_invalid')?.key?.id).toBe(revoked.id)
})

test('a credential that does not verify is in the log with the check that failed and the origin that it came from', async () => {
  const { tenant, client } = await newTenant({ type: 'live' })
  const { ceremonyId, publicKey } = await client.passkeys.register.begin({ username: 'ada' })
  const elsewhere = new SoftwareAuthenticator({ origin: 'https://app.acme.example' })
  const credential = elsewhere.create(publicKey)
  await expect(client.passkeys.register.finish({ ceremonyId, credential })).rejects.toMatchObject({ status: 400 })
  const [refused] = await logOf(tenant.id, 'live')
  expect(refused).toMatchObject({
    status: 400,
    code: 'verification_failed',
    reason: 'origin',
    detail: 'Origin: expected http://localhost:3000, got https://app.acme.example.',
    expected: 'http://localhost:3000',
    actual: 'https://app.acme.example',
    user: { username: 'ada' },
    checks: { failed: expect.any(Number), total: expect.any(Number) },
  })
  const { failed = 0, total = 0 } = refused?.checks ?? {}
  expect([failed > 0, total > failed + 10]).toEqual([true, true])
})

test('pages go on from their cursors, and a request is found by its id where it is, and nowhere else', async () => {
  const { tenant, key } = await newTenant()
  const other = await newTenant()
  const ids: string[] = []
  for (let number = 0; number < 7; number++) {
    const { headers } = await send('GET', '/v1/tenant', bearer(key.secret))
    ids.unshift(headers.get('x-request-id') ?? '')
    if (number % 3 === 0) await flushLogs()
  }
  const caller = await actFor(tenant.id, 'test')
  const found: string[] = []
  let cursor: string | undefined
  do {
    const page = await listLogs(caller, { limit: 2, cursor })
    found.push(...page.data.map(({ requestId }) => requestId))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  expect(found).toEqual(ids)
  const [id = ''] = ids
  expect(await readLog(caller, id)).toMatchObject({ requestId: id, operation: 'tenant.read' })
  for (const stranger of [await actFor(tenant.id, 'live'), await actFor(other.tenant.id, 'test')]) {
    await expect(readLog(stranger, id)).rejects.toMatchObject({ code: 'not_found' })
  }
  await expect(listLogs(caller, { cursor: 'x' })).rejects.toMatchObject({ code: 'invalid_request' })
})

test('no row has a secret, whatever was sent', async () => {
  const { tenant, key, client } = await newTenant()
  const secret = `hunter-${crypto.randomUUID()}`
  const body = (value: unknown) => ({
    body: JSON.stringify(value),
    headers: {
      ...bearer(key.secret).headers,
      'content-type': 'application/json',
      'x-user-token': secret,
      cookie: secret,
    },
  })
  await send(
    'POST',
    `/v1/passkeys/register/begin?key=${secret}`,
    body({ username: key.secret.slice(0, 60), [key.secret]: 1 }),
  )
  await send('POST', '/v1/passkeys/register/begin', body({ username: key.secret.slice(0, 60) }))
  await send('POST', '/v1/passkeys/authenticate/finish', body({ ceremonyId: secret, credential: { id: secret } }))
  await send('PATCH', `/v1/passkeys/${secret}`, body({ name: secret }))
  await send('GET', `/v1/${secret}/${key.secret}`, bearer(key.secret))
  await client.passkeys.list().catch(() => {})
  await flushLogs()
  const rows = await (await database()).logLot.findMany({ where: { tenantId: tenant.id } })
  const text = rows.map(({ rows }) => rows).join()
  expect(rows.reduce((all, { requests }) => all + requests, 0)).toBe(6)
  expect(text).not.toContain(secret)
  expect(text).not.toContain(key.secret.slice(22, 50))
})
