import { expect, test } from 'vitest'
import { baseUrl, countedTogether, countsInRedis, expectProblem, newTenant, send } from './harness.ts'

test('the server lives and is ready, and says no more than that to anybody', async () => {
  await countedTogether()
  for (const path of ['/livez', '/readyz']) {
    const { status, body, headers } = await send('GET', path)
    const limits = countsInRedis && path === '/readyz' ? { limits: 'redis' } : {}
    expect([status, body]).toEqual([200, { status: 'ok', ...limits }])
    expect(headers.get('cache-control')).toBe('no-store')
  }
})

test('the key set may be kept for a minute by whoever verifies tokens', async () => {
  const { status, body, headers } = await send('GET', '/.well-known/jwks.json')
  expect(status).toBe(200)
  expect(Object.keys(body)).toEqual(['keys'])
  expect(headers.get('content-type')).toMatch(/^application\/json/)
  expect(headers.get('cache-control')).toBe('public, max-age=60')
})

test('credential managers are told where passkeys are made and managed, without a redirect, and pages of any origin may read it', async () => {
  const path = '/.well-known/passkey-endpoints'
  const headers = { Origin: 'https://manager.example' }
  const { status, body, headers: answered } = await send('GET', path, { headers })
  const page = `${baseUrl}/console/me`
  expect([status, body]).toEqual([200, { enroll: page, manage: page }])
  expect(answered.get('content-type')).toMatch(/^application\/json(?:;|$)/)
  expect(answered.get('cache-control')).toBe('public, max-age=3600')
  expect(answered.get('access-control-allow-origin')).toBe('*')
  const head = await send('HEAD', path)
  expect([head.status, head.text]).toEqual([200, ''])
  for (const name of ['content-type', 'cache-control']) expect(head.headers.get(name)).toBe(answered.get(name))
  const asked = await send('OPTIONS', path, { headers: { ...headers, 'Access-Control-Request-Method': 'GET' } })
  expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([204, '*'])
  expectProblem(await send('POST', path), [405, 'method_not_allowed'])
})

test('what is public needs no key, and a wrong key does not matter there', async () => {
  const headers = { Authorization: 'Bearer nonsense', 'X-API-Key': 'sk_test_nonsense' }
  for (const path of [
    '/livez',
    '/readyz',
    '/.well-known/jwks.json',
    '/.well-known/passkey-endpoints',
    '/v1/openapi.json',
  ]) {
    expect((await send('GET', path)).status).toBe(200)
    expect((await send('GET', path, { headers })).status).toBe(200)
  }
  expectProblem(await send('GET', '/v1/tenant'), [401, 'api_key_missing'])
})

test('what is public is counted for nobody', async () => {
  const { client, key } = await newTenant({ scopes: ['usage:read'] })
  const headers = { 'X-API-Key': key.secret }
  for (const path of ['/livez', '/.well-known/jwks.json', '/v1/openapi.json']) await send('GET', path, { headers })
  expect((await client.usage()).totals).toEqual({ requests: 0, errors: 0 })
  // The positive control: its own question about usage is counted.
  expect((await client.usage()).totals).toEqual({ requests: 1, errors: 0 })
})
