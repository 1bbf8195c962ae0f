import { describe, expect, test } from 'vitest'
import { ApiError, Client } from './client.ts'

interface Sent {
  url: string
  method: string | undefined
  headers: Headers
  body: unknown
  signal: AbortSignal | null | undefined
}

/** A client whose requests are answered here, and what it sent. */
function clientFor(answer: () => Response, baseUrl?: string) {
  const sent: Sent[] = []
  const fetch: typeof globalThis.fetch = async (url, { method, headers, body, signal } = {}) => {
    sent.push({
      url: String(url),
      method,
      headers: new Headers(headers),
      body: body && JSON.parse(String(body)),
      signal,
    })
    return answer()
  }
  return { client: new Client({ apiKey: 'sk_test_x', fetch, maxRetries: 0, ...(baseUrl ? { baseUrl } : {}) }), sent }
}

const ok = () => Response.json({ data: [], nextCursor: null })

describe('a request', () => {
  const credential = {} as never
  const calls: [call: (client: Client) => Promise<unknown>, method: string, path: string, body?: unknown][] = [
    [(client) => client.tenant(), 'GET', '/v1/tenant'],
    [
      (client) => client.passkeys.register.begin({ username: 'ada', options: { timeout: 1 } }),
      'POST',
      '/v1/passkeys/register/begin',
      { username: 'ada', options: { timeout: 1 } },
    ],
    [
      (client) => client.passkeys.register.finish({ ceremonyId: 'c', credential }),
      'POST',
      '/v1/passkeys/register/finish',
      { ceremonyId: 'c', credential },
    ],
    [(client) => client.passkeys.authenticate.begin(), 'POST', '/v1/passkeys/authenticate/begin', {}],
    [
      (client) => client.passkeys.authenticate.finish({ ceremonyId: 'c', credential }),
      'POST',
      '/v1/passkeys/authenticate/finish',
      { ceremonyId: 'c', credential },
    ],
    [(client) => client.passkeys.list(), 'GET', '/v1/passkeys'],
    [
      (client) => client.passkeys.list({ username: 'a&b=c', limit: 2 }),
      'GET',
      '/v1/passkeys?username=a%26b%3Dc&limit=2',
    ],
    [(client) => client.passkeys.rename('a/../b', 'Phone'), 'PATCH', '/v1/passkeys/a%2F..%2Fb', { name: 'Phone' }],
    [
      (client) => client.keys.create({ name: 'CI', scopes: ['usage:read'] }),
      'POST',
      '/v1/keys',
      { name: 'CI', scopes: ['usage:read'] },
    ],
    [(client) => client.keys.list(), 'GET', '/v1/keys'],
    [(client) => client.keys.list({ limit: 2, cursor: 'a&b' }), 'GET', '/v1/keys?limit=2&cursor=a%26b'],
    [(client) => client.keys.read('a/../b'), 'GET', '/v1/keys/a%2F..%2Fb'],
    [(client) => client.keys.update('k', { expiresAt: null }), 'PATCH', '/v1/keys/k', { expiresAt: null }],
    [(client) => client.keys.rotate('k'), 'POST', '/v1/keys/k/rotate', {}],
    [(client) => client.keys.rotate('k', { overlapSeconds: 0 }), 'POST', '/v1/keys/k/rotate', { overlapSeconds: 0 }],
    [(client) => client.keys.revoke('k'), 'POST', '/v1/keys/k/revoke'],
    [(client) => client.keys.testAddress('k', '::1'), 'POST', '/v1/keys/k/allowlist/test', { ip: '::1' }],
    [
      (client) => client.passkeys.approve.begin({ action: { type: 'mpc.delete', keyId: 'mpk_1' } }),
      'POST',
      '/v1/passkeys/authenticate/begin',
      { action: { type: 'mpc.delete', keyId: 'mpk_1' } },
    ],
    [
      (client) => client.passkeys.approve.finish({ ceremonyId: 'c', credential }),
      'POST',
      '/v1/passkeys/authenticate/finish',
      { ceremonyId: 'c', credential },
    ],
    [
      (client) => client.approvals.create({ action: { type: 'mpc.delete', keyId: 'mpk_1' } }),
      'POST',
      '/v1/approvals',
      { action: { type: 'mpc.delete', keyId: 'mpk_1' } },
    ],
    [(client) => client.approvals.read('a/b'), 'GET', '/v1/approvals/a%2Fb'],
    [(client) => client.usage({ groupBy: 'key' }), 'GET', '/v1/usage?groupBy=key'],
  ]
  test.each(calls)('%s is %s %s', async (call, method, path, body) => {
    const { client, sent } = clientFor(ok, 'https://auth.example')
    await call(client)
    expect(sent).toHaveLength(1)
    expect(sent[0]).toMatchObject({ method, url: `https://auth.example${path}` })
    expect(sent[0]?.body).toEqual(body)
    expect(sent[0]?.headers.get('authorization')).toBe('Bearer sk_test_x')
    expect(sent[0]?.headers.get('content-type')).toBe(body === undefined ? null : 'application/json')
    expect(sent[0]?.headers.has('x-user-token')).toBe(false)
    const makes = /^\/v1\/(?:keys(?:\/k\/rotate)?|approvals)$/.test(path) && method === 'POST'
    expect(sent[0]?.headers.has('idempotency-key')).toBe(makes)
  })

  test('goes to the page’s own origin by default', async () => {
    const { client, sent } = clientFor(ok)
    await client.tenant()
    expect(sent[0]?.url).toBe('/v1/tenant')
  })

  test('that makes a key carries its Idempotency-Key', async () => {
    const { client, sent } = clientFor(ok)
    await client.keys.create({ name: 'CI', scopes: ['usage:read'] }, { idempotencyKey: 'once' })
    await client.keys.rotate('k', {}, { idempotencyKey: 'once more' })
    expect(sent.map(({ headers }) => headers.get('idempotency-key'))).toEqual(['once', 'once more'])
  })

  test('carries the user’s token and can be given up', async () => {
    const { client, sent } = clientFor(ok)
    const controller = new AbortController()
    await client.passkeys.list({}, { userToken: 'jwt', signal: controller.signal })
    expect(sent[0]?.headers.get('x-user-token')).toBe('jwt')
    expect(sent[0]?.signal?.aborted).toBe(false)
    await expect(
      new Client({ apiKey: 'x', baseUrl: 'http://localhost:1' }).tenant({ signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({
      name: 'AbortError',
    })
  })
})

describe('an answer', () => {
  test('without a body is nothing', async () => {
    const { client } = clientFor(() => new Response(null, { status: 204 }))
    expect(await client.passkeys.delete('psk_1')).toBeUndefined()
  })

  test('that is a problem becomes an error that carries it', async () => {
    const problem = { type: 'urn:x', title: 'Not found', status: 404, detail: 'No such passkey.', code: 'not_found' }
    const headers = { 'Content-Type': 'application/problem+json' }
    const { client } = clientFor(
      () => new Response(JSON.stringify({ ...problem, requestId: 'r' }), { status: 404, headers }),
    )
    const error = await client.passkeys.delete('psk_1').catch((error) => error)
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({ name: 'ApiError', code: 'not_found', problem: { ...problem, requestId: 'r' } })
    expect(error.message).toBe('Not found: No such passkey.')
  })

  test.each([
    ['a proxy’s page', new Response('<h1>Bad gateway</h1>', { status: 502 }), 502, 'unavailable'],
    [
      'broken JSON',
      new Response('{', { status: 500, headers: { 'Content-Type': 'application/json' } }),
      500,
      'unavailable',
    ],
    ['an empty refusal', new Response(null, { status: 431 }), 431, 'invalid_request'],
    ['JSON that is no problem', Response.json({ error: 'down' }, { status: 503 }), 503, 'unavailable'],
    ['JSON that is null', Response.json(null, { status: 500 }), 500, 'unavailable'],
  ])('that is %s becomes a problem too', async (_name, response, status, code) => {
    const { client } = clientFor(() => response)
    const error = await client.tenant().catch((error) => error)
    expect(error).toBeInstanceOf(ApiError)
    expect(error.problem).toMatchObject({ status, code, title: expect.any(String), detail: expect.any(String) })
    expect(error.message).not.toContain('undefined')
  })

  test('that never comes is the network’s own error', async () => {
    const client = new Client({ apiKey: 'x', baseUrl: 'http://localhost:1', maxRetries: 0 })
    await expect(client.tenant()).rejects.toBeInstanceOf(TypeError)
  })
})

describe('a whole ceremony', () => {
  const credential = { id: 'AQ', rawId: 'AQ', type: 'public-key', response: {} } as never
  const begun = { ceremonyId: 'c', expiresAt: '2030-01-01T00:00:00Z', publicKey: { challenge: 'x' } }
  const answers = () => {
    const queue = [Response.json(begun), Response.json({ token: 'jwt' })]
    return () => queue.shift() as Response
  }
  const ways: [name: string, run: (client: Client, ask: (publicKey: object) => never) => Promise<unknown>][] = [
    ['register', (client, credential) => client.passkeys.register({ username: 'ada' }, { credential })],
    ['authenticate', (client, credential) => client.passkeys.authenticate({ username: 'ada' }, { credential })],
    ['authenticate', (client, credential) => client.passkeys.signIn({ username: 'ada' }, { credential })],
  ]
  test.each(ways)('%s begins, asks for the credential and finishes with it', async (name, run) => {
    const { client, sent } = clientFor(answers())
    const asked: object[] = []
    const answer = await run(client, (publicKey) => {
      asked.push(publicKey)
      return credential
    })
    expect(answer).toEqual({ token: 'jwt' })
    expect(asked).toEqual([{ challenge: 'x' }])
    expect(sent.map(({ url, body }) => [url, body])).toEqual([
      [`/v1/passkeys/${name}/begin`, { username: 'ada' }],
      [`/v1/passkeys/${name}/finish`, { ceremonyId: 'c', credential }],
    ])
  })

  test('asks with the mediation that was chosen, and tells the server of a registration’s alone', async () => {
    const asked: unknown[] = []
    const ask = (...[, , beside]: unknown[]) => {
      asked.push(beside)
      return credential
    }
    const { client, sent } = clientFor(answers())
    await client.passkeys.register({ username: 'ada', mediation: 'conditional' }, { credential: ask })
    expect(sent[0]?.body).toEqual({ username: 'ada', mediation: 'conditional' })
    const other = clientFor(answers())
    await other.client.passkeys.signIn({ username: 'ada' }, { credential: ask, mediation: 'required' })
    expect(other.sent[0]?.body).toEqual({ username: 'ada' })
    expect(asked).toEqual([{ mediation: 'conditional' }, { mediation: 'required' }])
  })

  test('sends the server nothing that a PRF evaluated', async () => {
    const { client, sent } = clientFor(answers())
    const secret = { enabled: true, results: { first: 'c2VjcmV0' } }
    await client.passkeys.signIn(
      {},
      { credential: () => ({ ...(credential as object), clientExtensionResults: { prf: secret } }) as never },
    )
    expect(sent[1]?.body).toMatchObject({ credential: { clientExtensionResults: { prf: { enabled: true } } } })
    expect(JSON.stringify(sent)).not.toContain('c2VjcmV0')
  })

  test('without a browser says that there is none, and finishes nothing', async () => {
    const { client, sent } = clientFor(answers())
    await expect(client.passkeys.signIn({})).rejects.toMatchObject({ name: 'UnsupportedCall' })
    expect(sent).toHaveLength(1)
  })
})
