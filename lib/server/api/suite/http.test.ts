import { request as httpRequest } from 'node:http'
import { describe, expect, test } from 'vitest'
import { answeredByNext, baseUrl, expectProblem, mount, newTenant, register, send, signIn } from './harness.ts'

const { hostname, port } = new URL(baseUrl)

/** A request that fetch would not send, over a socket of its own. */
function raw(method: string, path: string, headers: Record<string, string>): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({ hostname, port, method, path, headers, agent: false }, (incoming) => {
      let text = ''
      incoming.setEncoding('utf8')
      incoming.on('data', (chunk) => {
        text += chunk
      })
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, text }))
    })
    outgoing.on('error', reject).end()
  })
}

describe('a path', () => {
  test.each(['/v1', '/v1/', '/v1/nothing', '/v1/passkeys/x/y', '/.well-known/nothing', '/v1/openapi.yaml'])(
    '%s that leads nowhere is not found, with a key or without',
    async (path) => {
      if (mount === 'next' && path.endsWith('/')) return
      const { key } = await newTenant()
      expectProblem(await send('GET', path), [404, 'not_found'])
      expectProblem(await send('GET', path, { headers: { 'X-API-Key': key.secret } }), [404, 'not_found'])
    },
  )

  test.each(answeredByNext)('%s %s is refused', async (method, path, status) => {
    if (mount !== 'next')
      return expectProblem(await send(method, path), [status, status === 405 ? 'method_not_allowed' : 'not_found'])
    expect((await send(method, path, { redirect: 'manual' })).status).not.toBe(200)
  })

  test('says by which methods it can be used, when another was', async () => {
    const wrong: [method: string, path: string, allow: string[]][] = [
      ['POST', '/v1/tenant', ['GET', 'HEAD']],
      ['GET', '/v1/passkeys/register/begin', ['POST']],
      ['PUT', '/v1/passkeys/psk_1', ['PATCH', 'DELETE']],
      ['DELETE', '/v1/usage', ['GET', 'HEAD']],
      ['POST', '/v1/openapi.json', ['GET', 'HEAD']],
      ['POST', '/.well-known/jwks.json', ['GET', 'HEAD']],
      ['POST', '/livez', ['GET', 'HEAD']],
    ]
    for (const [method, path, allow] of wrong) {
      const answer = await send(method, path)
      expectProblem(answer, [405, 'method_not_allowed'])
      expect(answer.headers.get('allow')?.split(', ').sort()).toEqual(allow.sort())
    }
  })

  test('answers HEAD as it would GET, without the body', async () => {
    const { key } = await newTenant()
    const headers = { 'X-API-Key': key.secret }
    const [head, get] = [await send('HEAD', '/v1/tenant', { headers }), await send('GET', '/v1/tenant', { headers })]
    expect([head.status, head.text]).toEqual([200, ''])
    expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'))
    const refused = await send('HEAD', '/v1/tenant')
    expect([refused.status, refused.text]).toEqual([401, ''])
  })
})

describe('any origin', () => {
  const origin = 'https://shop.example'

  test('may ask, without credentials', async () => {
    const { key } = await newTenant()
    const headers = { Origin: origin, 'X-API-Key': key.secret }
    for (const path of ['/v1/tenant', '/v1/nothing', '/v1/openapi.json', '/.well-known/jwks.json']) {
      const answer = await send('GET', path, { headers })
      expect(answer.headers.get('access-control-allow-origin')).toBe('*')
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
      expect(answer.headers.get('access-control-expose-headers')).toContain('X-Request-Id')
    }
    const refused = await send('GET', '/v1/tenant', { headers: { Origin: origin } })
    expectProblem(refused, [401, 'api_key_missing'])
    expect(refused.headers.get('access-control-allow-origin')).toBe('*')
  })

  test('is told before it asks what it may send, with no key', async () => {
    for (const path of ['/v1/tenant', '/v1/passkeys/register/begin', '/v1/passkeys/psk_1', '/.well-known/jwks.json']) {
      const { status, headers, text } = await send('OPTIONS', path, {
        headers: {
          Origin: origin,
          'Access-Control-Request-Method': 'PATCH',
          'Access-Control-Request-Headers': 'authorization,content-type,x-user-token',
        },
      })
      expect([status, text]).toEqual([204, ''])
      expect(headers.get('access-control-allow-origin')).toBe('*')
      expect(headers.get('access-control-allow-credentials')).toBeNull()
      expect(headers.get('access-control-allow-methods')).toBe('GET,POST,PATCH,DELETE')
      const allowed = headers.get('access-control-allow-headers')?.toLowerCase().split(',')
      expect(allowed).toEqual(expect.arrayContaining(['authorization', 'content-type', 'x-api-key', 'x-user-token']))
    }
  })
})

test('every answer carries its id and the headers of an API, and none of /v1 is kept', async () => {
  const { key } = await newTenant()
  const ids = new Set()
  for (const path of ['/v1/tenant', '/v1/nothing', '/v1/openapi.json', '/.well-known/jwks.json', '/livez', '/readyz']) {
    const { headers } = await send('GET', path, { headers: { 'X-API-Key': key.secret, 'X-Request-Id': 'mine' } })
    ids.add(headers.get('x-request-id'))
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'/)
    expect(headers.get('x-powered-by')).toBeNull()
    expect(headers.get('server')).toBeNull()
    expect(headers.get('set-cookie')).toBeNull()
    if (path.startsWith('/v1')) expect(headers.get('cache-control')).toBe('no-store')
  }
  expect(ids.size).toBe(6)
})

describe('a forged header changes nothing', () => {
  const forged = {
    'X-Forwarded-Host': 'evil.example',
    'X-Forwarded-Proto': 'gopher',
    'X-Forwarded-Port': '666',
    'X-Forwarded-For': '6.6.6.6',
    'X-Forwarded-Prefix': '/evil',
    Forwarded: 'for=6.6.6.6;host=evil.example;proto=gopher',
    'X-Original-URL': '/v1/nothing',
    'X-Rewrite-URL': '/v1/nothing',
    'X-HTTP-Method-Override': 'DELETE',
    'X-Middleware-Subrequest': 'proxy:proxy:proxy:proxy:proxy',
  }

  test('in what the API says of itself', async () => {
    const { key } = await newTenant()
    for (const path of ['/v1/tenant', '/v1/openapi.json', '/.well-known/jwks.json']) {
      const headers = { 'X-API-Key': key.secret }
      const plain = await send('GET', path, { headers })
      const other = await send('GET', path, { headers: { ...headers, ...forged } })
      expect([other.status, other.text]).toEqual([200, plain.text])
    }
  })

  test('in options and tokens', async () => {
    const { key, authenticator, client } = await newTenant()
    const headers = { 'X-API-Key': key.secret, 'Content-Type': 'application/json', ...forged }
    const post = (path: string, body: unknown) => send('POST', path, { headers, body: JSON.stringify(body) })
    const registration = await post('/v1/passkeys/register/begin', { username: 'ada' })
    expect(registration.body.publicKey.rp.id).toBe('localhost')
    await register(client, authenticator, 'ada')
    const { body } = await post('/v1/passkeys/authenticate/begin', { username: 'ada' })
    expect(body.publicKey.rpId).toBe('localhost')
    const credential = authenticator.get(body.publicKey)
    const finished = await post('/v1/passkeys/authenticate/finish', { ceremonyId: body.ceremonyId, credential })
    const { token } = await signIn(client, authenticator, 'ada')
    const issuer = (jwt: string) => JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()).iss
    expect([issuer(finished.body.token), issuer(token)]).toEqual([baseUrl, baseUrl])
  })

  test
    .skipIf(mount === 'in memory')
    .each(['evil.example', 'evil.example:99999', 'localhost', '[::1', 'a b', 'x@y', ''])(
    'not even the Host “%s”',
    async (host) => {
      const { key, tenant } = await newTenant()
      const answer = await raw('GET', '/v1/tenant', { Host: host, 'X-API-Key': key.secret })
      expect([answer.status, JSON.parse(answer.text).tenant?.id]).toEqual([200, tenant.id])
      expect(JSON.parse((await raw('GET', '/v1/openapi.json', { Host: host })).text).servers).toEqual([
        { url: baseUrl },
      ])
    },
  )
})

test.skipIf(mount === 'in memory')('headers of any size harm nobody', async () => {
  const { key, client } = await newTenant()
  const { status } = await raw('GET', '/v1/tenant', { 'X-API-Key': key.secret, 'X-Big': 'x'.repeat(20_000) })
  expect(status).toBe(431)
  const long = await raw('GET', '/v1/tenant', {
    'X-API-Key': key.secret,
    Authorization: `Bearer ${'x'.repeat(10_000)}`,
  })
  expect(long.status).toBe(400)
  expect((await client.tenant()).key?.id).toBe(key.id)
})
