import { inspect } from 'node:util'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { freePort } from '../setup/serve.ts'
import { ConnectionError, TimeoutError } from './connection-error.ts'
import { createOAuth, type OAuth, OAuthError, type OAuthSettings, oauth } from './oauth.ts'
import { pace } from './pace.ts'

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
})

const server = 'https://auth.example'
const client = { clientId: 'app', redirectUri: 'https://app.example/callback' }

/** An auth server whose endpoints answer what a test says, and what it was asked. */
function answering(answer: (said: string) => Response | Promise<Response>, issuer = server) {
  const asked: { url: string; body: URLSearchParams }[] = []
  const fetch: typeof globalThis.fetch = async (url, { body, headers } = {}) => {
    const parameters = new URLSearchParams(String(body ?? ''))
    asked.push({ url: String(url), body: parameters })
    const said = [...parameters.values(), new Headers(headers).get('authorization')].join(' ')
    if (!String(url).includes('/.well-known/')) return answer(said)
    return Response.json({
      issuer,
      authorization_endpoint: `${issuer}/oauth/authorize`,
      token_endpoint: `${issuer}/oauth/token`,
      revocation_endpoint: `${issuer}/oauth/revoke`,
      introspection_endpoint: `${issuer}/oauth/introspect`,
      userinfo_endpoint: `${issuer}/oauth/userinfo`,
      authorization_response_iss_parameter_supported: true,
    })
  }
  return { fetch, asked }
}

const tokens = () => Response.json({ access_token: 'at', token_type: 'bearer', expires_in: 60 })

/** What a call is refused with. */
async function thrown(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => undefined,
    (error: unknown) => error,
  )
}

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

/** A client of a server that answers so in turn, and gives tokens after that; how often it was asked, and the pauses. */
function patient(replies: (() => Response | Promise<Response>)[], settings: OAuthSettings = {}) {
  const pauses: number[] = []
  vi.spyOn(pace, 'random').mockReturnValue(0)
  vi.spyOn(pace, 'pause').mockImplementation(async (milliseconds, signal) => {
    signal?.throwIfAborted()
    pauses.push(milliseconds)
  })
  const { fetch, asked } = answering(() => (replies.shift() ?? tokens)())
  const times = () => asked.filter(({ url }) => !url.includes('/.well-known/')).length
  return { oauth: createOAuth({ baseUrl: server, fetch, ...settings }), times, pauses, asked }
}

const broken = (code: string) => () => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code }) })
}
const lost = broken('ECONNRESET')
const limited = () => new Response(null, { status: 429, headers: { 'Retry-After': '3' } })
const unready = () => new Response(null, { status: 503, headers: { 'Retry-After': '3' } })
const gateway = () => new Response('<h1>Bad Gateway</h1>', { status: 502 })
const never = () => new Promise<Response>(() => undefined)
/** No answer, and while it is waited for a signal. */
function aborting(reason: string) {
  const controller = new AbortController()
  const reply = () => {
    controller.abort(reason)
    return never()
  }
  return { reply, signal: controller.signal }
}

const byCode = (oauth: OAuth, signal?: AbortSignal) =>
  oauth.exchangeCode({ ...client, code: 'c', codeVerifier: 'v'.repeat(43), signal })
const byRefresh = (oauth: OAuth, signal?: AbortSignal) =>
  oauth.refreshToken({ clientId: 'app', refreshToken: 'r', signal })
const forItself = (oauth: OAuth, signal?: AbortSignal) =>
  oauth.clientCredentials({ clientId: 'app', clientSecret: 's', signal })

describe('a request', () => {
  test.each([
    ['for a code’s tokens that is refused for the moment', byCode, limited, true],
    ['for a code’s tokens that had no connection', byCode, broken('ECONNREFUSED'), true],
    ['for a code’s tokens whose answer was lost', byCode, lost, false],
    ['for a code’s tokens that a gateway did not answer', byCode, gateway, false],
    ['for a renewal that the server was not ready for', byRefresh, unready, false],
    ['for a token for itself whose answer was lost', forItself, lost, true],
    ['for a token for itself that a gateway did not answer', forItself, gateway, true],
    ['for a token for itself that the server was not ready for', forItself, unready, true],
  ])('%s is made again where that does no harm', async (_, call, reply, again) => {
    const { oauth, times, pauses } = patient([reply])
    expect(await thrown(call(oauth))).toEqual(again ? undefined : expect.any(Error))
    expect([times(), pauses.length]).toEqual(again ? [2, 1] : [1, 0])
    expect(pauses).toEqual(again ? [reply === limited || reply === unready ? 3_000 : 0] : [])
  })

  test('with the proof of a key is not made again where it may have been taken', async () => {
    const { oauth, times } = patient([lost])
    const of = { clientId: 'app', clientSecret: 's', dpop: await oauth.dpop() }
    expect(await thrown(oauth.clientCredentials(of))).toBeInstanceOf(ConnectionError)
    expect(times()).toBe(1)
  })

  test('is refused in the end as it was refused', async () => {
    const { oauth, times } = patient([limited, limited, limited])
    expect(await thrown(byCode(oauth))).toMatchObject({ name: 'OAuthError', status: 429 })
    expect(times()).toBe(3)
    expect(await thrown(byCode(patient([limited], { maxRetries: 0 }).oauth))).toMatchObject({ status: 429 })
  })

  test('is not waited for, and ends at once with the signal', async () => {
    for (const call of [byCode, byRefresh, forItself]) {
      const late = await thrown(call(patient([never], { timeout: 5, maxRetries: 0 }).oauth))
      expect(late).toBeInstanceOf(TimeoutError)
      const { reply, signal } = aborting('changed my mind')
      const { oauth, times } = patient([reply])
      expect(await thrown(call(oauth, signal))).toBe('changed my mind')
      expect(times()).toBe(1)
    }
    const silent = createOAuth({ baseUrl: server, fetch: never, timeout: 5, maxRetries: 0 })
    expect(await thrown(silent.authorizationUrl({ ...client, scope: 'openid' }))).toBeInstanceOf(TimeoutError)
    const asking = silent.authorizationUrl({ ...client, scope: 'openid', signal: AbortSignal.abort('no') })
    expect(await thrown(asking)).toBe('no')
  })

  test.each([{ timeout: Number.NaN }, { maxRetries: -1 }])('is never made with %j', (settings) => {
    expect(() => createOAuth(settings)).toThrow(TypeError)
  })
})

describe('the tokens of a device', () => {
  const pending =
    (error = 'authorization_pending') =>
    () =>
      Response.json({ error }, { status: 400 })
  const device = { clientId: 'app', deviceCode: 'd', interval: 2 }

  test('are waited for while the server is away, and asked less often', async () => {
    const away = [pending(), lost, gateway, never, pending(), unready, pending('slow_down')]
    const { oauth, pauses, times } = patient(away, { timeout: 5 })
    expect(await oauth.deviceTokens(device)).toMatchObject({ accessToken: 'at' })
    expect(pauses).toEqual([2_000, 2_000, 7_000, 12_000, 17_000, 17_000, 22_000, 27_000])
    expect(times()).toBe(8)
  })

  test('are not waited for where the server stays away, or longer than they are wanted', async () => {
    const gone = patient(Array.from({ length: 20 }, () => lost))
    expect(await thrown(gone.oauth.deviceTokens(device))).toBeInstanceOf(ConnectionError)
    expect(gone.times()).toBe(11)
    const denied = patient([lost, pending('access_denied')])
    expect(await thrown(denied.oauth.deviceTokens(device))).toMatchObject({ error: 'access_denied' })
    const { reply, signal } = aborting('enough')
    const { oauth, times } = patient([reply])
    expect(await thrown(oauth.deviceTokens({ ...device, signal }))).toBe('enough')
    expect(times()).toBe(1)
    expect(await thrown(oauth.deviceTokens({ ...device, interval: Number.NaN }))).toBeInstanceOf(TypeError)
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
