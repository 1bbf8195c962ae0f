import { inspect } from 'node:util'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { freePort } from '../setup/serve.ts'
import { ConnectionError } from './connection-error.ts'
import { createOAuth, OAuthError, oauth } from './oauth.ts'
import { answering, client, server, thrown, tokens } from './oauth-for-tests.ts'
import { pace } from './pace.ts'

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
})

describe('the server', () => {
  const discovered = async (make: (fetch: typeof globalThis.fetch) => typeof oauth, issuer: string) => {
    const { fetch, asked } = answering(tokens, issuer)
    await make(fetch).authorizationUrl({ ...client, scope: 'openid' })
    return asked[0]?.url
  }

  test('is the one of the environment, unless another is told', async () => {
    vi.stubEnv('PLAYGROUND_BASE_URL', 'https://env.example')
    const wellKnown = '/.well-known/oauth-authorization-server'
    expect(await discovered((fetch) => createOAuth({ fetch }), 'https://env.example')).toBe(
      `https://env.example${wellKnown}`,
    )
    const told = (fetch: typeof globalThis.fetch) => createOAuth({ fetch, baseUrl: `${server}/` })
    expect(await discovered(told, server)).toBe(`${server}${wellKnown}`)
    const global = (fetch: typeof globalThis.fetch) => {
      vi.stubGlobal('fetch', fetch)
      return oauth
    }
    expect(await discovered(global, 'https://env.example')).toBe(`https://env.example${wellKnown}`)
  })

  test('is the page’s own origin in a browser', async () => {
    vi.stubEnv('PLAYGROUND_BASE_URL', undefined)
    vi.stubGlobal('location', new URL('http://localhost:3000/page'))
    expect(await discovered((fetch) => createOAuth({ fetch }), 'http://localhost:3000')).toMatch(
      /^http:\/\/localhost:3000\//,
    )
  })

  test('has to be named, and to be reached safely', async () => {
    vi.stubEnv('PLAYGROUND_BASE_URL', undefined)
    expect(await thrown(oauth.authorizationUrl({ ...client, scope: 'openid' }))).toBeInstanceOf(TypeError)
    for (const [baseUrl, good] of [
      ['http://localhost:3000', true],
      ['http://127.0.0.1:3000', true],
      ['http://[::1]:3000', true],
      ['https://auth.example', true],
      ['http://auth.example', false],
      ['http://localhost.evil.example', false],
    ] as const) {
      const { fetch, asked } = answering(tokens, baseUrl)
      const error = await thrown(createOAuth({ baseUrl, fetch }).authorizationUrl({ ...client, scope: 'openid' }))
      expect([baseUrl, error instanceof TypeError, asked.length]).toEqual([baseUrl, !good, good ? 1 : 0])
    }
  })

  test('that says it is another one is not believed', async () => {
    const { fetch } = answering(tokens, 'https://evil.example')
    const error = await thrown(createOAuth({ baseUrl: server, fetch }).authorizationUrl({ ...client, scope: 'openid' }))
    expect(error).toMatchObject({ name: 'OAuthError', error: 'invalid_response' })
  })
})

describe('a code verifier', () => {
  test('survives a redirect of the whole page, and is used once', async () => {
    const stored = new Map<string, string>()
    const sessionStorage = new Proxy(
      {
        getItem: (key: string) => stored.get(key) ?? null,
        setItem: (key: string, value: string) => void stored.set(key, value),
        removeItem: (key: string) => void stored.delete(key),
      },
      {
        ownKeys: () => [...stored.keys()],
        getOwnPropertyDescriptor: (_, key) =>
          stored.has(String(key))
            ? { enumerable: true, configurable: true, value: stored.get(String(key)) }
            : undefined,
      },
    )
    vi.stubGlobal('window', { sessionStorage })
    const { fetch, asked } = answering(tokens)
    const page = () => createOAuth({ baseUrl: server, fetch })
    const { codeVerifier } = await page().authorizationUrl({ ...client, scope: 'usage:read', resource: null })
    expect(stored.size).toBe(1)
    const exchange = { ...client, code: 'c' }
    expect(await page().exchangeCode(exchange)).toEqual({
      ...{ accessToken: 'at', tokenType: 'Bearer', expiresIn: 60, scope: 'usage:read' },
    })
    expect(asked.at(-1)?.body.get('code_verifier')).toBe(codeVerifier)
    expect(asked.at(-1)?.body.has('resource')).toBe(false)
    expect(stored.size).toBe(0)
    expect(await thrown(page().exchangeCode(exchange))).toMatchObject({ error: 'invalid_request' })
  })

  test('of another client is nobody’s', async () => {
    const { fetch } = answering(tokens)
    const mine = createOAuth({ baseUrl: server, fetch })
    const { state } = await mine.authorizationUrl({ ...client, scope: 'usage:read' })
    const other = { ...client, clientId: 'other', code: 'c' }
    expect(await thrown(mine.exchangeCode({ ...other, state }))).toMatchObject({ error: 'invalid_request' })
    expect(await mine.exchangeCode({ ...client, code: 'c', state })).toMatchObject({ accessToken: 'at' })
  })
})

describe('a refusal', () => {
  const refresh = (fetch: typeof globalThis.fetch) =>
    thrown(createOAuth({ baseUrl: server, fetch }).refreshToken({ clientId: 'app', refreshToken: 'r' }))
  const basic = { 'WWW-Authenticate': 'Basic realm="x"' }

  test.each([
    [
      'its code and words',
      () => Response.json({ error: 'invalid_grant', error_description: 'used' }, { status: 400 }),
      { error: 'invalid_grant', description: 'used', status: 400, message: 'invalid_grant: used' },
    ],
    [
      'its code beside a challenge',
      () => Response.json({ error: 'invalid_client', error_description: 'no' }, { status: 401, headers: basic }),
      { error: 'invalid_client', description: 'no', status: 401 },
    ],
    [
      'the code of its challenge',
      () => new Response(null, { status: 401, headers: { 'WWW-Authenticate': 'Bearer error="insufficient_scope"' } }),
      { error: 'insufficient_scope', description: '', status: 401 },
    ],
    ['no code', () => new Response('<h1>Oh</h1>', { status: 500 }), { error: 'server_error', status: 500 }],
    ['no time', () => new Response(null, { status: 503 }), { error: 'temporarily_unavailable', status: 503 }],
    ['no meaning', () => Response.json({ token: 'x' }), { error: 'invalid_response', status: undefined }],
  ])('with %s is an OAuthError', async (_, answer, expected) => {
    const error = await refresh(answering(answer).fetch)
    expect(error).toBeInstanceOf(OAuthError)
    expect(error).toMatchObject({ name: 'OAuthError', ...expected })
    expect(await refresh(answering(tokens).fetch)).toBeUndefined()
  })

  test('is none where the server is not there', async () => {
    const down = createOAuth({ baseUrl: `http://localhost:${await freePort()}`, maxRetries: 0 })
    const error = await thrown(down.revoke({ clientId: 'app', token: 't' }))
    expect(error).toBeInstanceOf(ConnectionError)
    expect(error).toMatchObject({ name: 'ConnectionError', reason: 'ECONNREFUSED' })
    expect(error).not.toHaveProperty('cause')
  })
})

test('a call that lacks an argument says which', async () => {
  const { fetch } = answering(tokens)
  const mine = createOAuth({ baseUrl: server, fetch })
  const calls: [call: () => Promise<unknown>, message: string][] = [
    [() => mine.authorizationUrl(undefined as never), 'authorizationUrl needs clientId, redirectUri, scope.'],
    [() => mine.authorizationUrl({ ...client } as never), 'authorizationUrl needs scope.'],
    [() => mine.exchangeCode({ ...client } as never), 'exchangeCode needs code.'],
    [() => mine.refreshToken({ clientId: 'x' } as never), 'refreshToken needs refreshToken.'],
    [() => mine.revoke({ clientId: 'x' }), 'revoke needs token.'],
  ]
  for (const [call, message] of calls) expect(await thrown(call())).toMatchObject({ name: 'TypeError', message })
})

test('no error has a secret of the request or a token of the answer in it, whatever the server answers', async () => {
  const [code, refreshToken, clientSecret] = ['the-code-of-a-user', 'the-refresh-token', 'the-client-secret+/']
  const [token, deviceCode, codeVerifier] = ['the-access-token', 'the-device-code', 'v'.repeat(43)]
  /** Of the credentials, also what they are made of. */
  const more = (said: string) =>
    said.includes('Basic') ? `${said} ${clientSecret} ${encodeURIComponent(clientSecret)}` : said
  const json = (body: object, status = 200) => Response.json(body, { status })
  vi.spyOn(pace, 'pause').mockResolvedValue()
  const answers = [
    () => json({ access_token: token, token_type: 'unheard-of', refresh_token: refreshToken }),
    () => json({ access_token: token, token_type: 'bearer', expires_in: 'soon' }),
    () => json({ access_token: token, token_type: 'bearer', id_token: `x.${token}.z` }),
    () => json({ access_token: 7, token_type: 'bearer', refresh_token: token }),
    () => json({ error: 'invalid_grant', error_description: 'no', access_token: token }, 400),
    () => new Response(`{"access_token":"${token}"`, { headers: { 'Content-Type': 'application/json' } }),
    (said: string) => json({ error: 'invalid_grant', error_description: more(said) }, 400),
    (said: string) => json({ error: more(said), error_description: more(said) }, 401),
    (said: string) => new Response(more(said), { status: 500 }),
    (said: string) =>
      new Response(null, { status: 401, headers: { 'WWW-Authenticate': `Bearer error="${more(said)}"` } }),
    (said: string) => new Response(more(said), { status: 302, headers: { Location: more(said) } }),
    (said: string) => {
      throw new TypeError(`fetch failed: ${more(said)}`, { cause: new Error(more(said)) })
    },
    () => new Response(token, { status: 401, headers: { 'WWW-Authenticate': 'Basic realm="x"' } }),
  ]
  for (const answer of answers) {
    const app = createOAuth({ baseUrl: server, fetch: answering(answer).fetch, maxRetries: 0 })
    const of = { ...client, clientSecret }
    const calls = [
      app.exchangeCode({ ...of, code, codeVerifier }),
      app.refreshToken({ ...of, refreshToken }),
      app.revoke({ ...of, refreshToken }),
      app.introspect({ ...of, token }),
      app.userInfo({ accessToken: token }),
      app.deviceTokens({ ...of, deviceCode, interval: 0 }),
    ]
    for (const error of await Promise.all(calls.map(thrown))) {
      const shown = inspect(error, { showHidden: true, depth: 20, getters: true }) + JSON.stringify(error)
      expect(shown).not.toMatch(/the-code|the-refresh|the-client|the-access|the-device|v{43}|Basic \w/)
    }
  }
})
