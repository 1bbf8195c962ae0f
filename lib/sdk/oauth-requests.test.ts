import { afterEach, describe, expect, test, vi } from 'vitest'
import { ConnectionError, TimeoutError } from './connection-error.ts'
import { createOAuth, type OAuth, type OAuthSettings } from './oauth.ts'
import { answering, client, server, thrown, tokens } from './oauth-for-tests.ts'
import { pace } from './pace.ts'

afterEach(() => {
  vi.restoreAllMocks()
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
