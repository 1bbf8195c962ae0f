import { afterEach, expect, test, vi } from 'vitest'
import { Client } from './client.ts'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
})

/** What a client sends by the global fetch. */
async function firstSent(client: Client): Promise<{ url: string; authorization: string | null }> {
  const fetch = vi.fn(async (_url: string, _init: RequestInit) => Response.json({}))
  vi.stubGlobal('fetch', fetch)
  await client.tenant()
  const [[url, init] = ['', {}]] = fetch.mock.calls
  return { url, authorization: new Headers(init.headers).get('authorization') }
}

test('a client takes its key and its server from the environment', async () => {
  vi.stubEnv('PLAYGROUND_API_KEY', 'sk_test_env')
  vi.stubEnv('PLAYGROUND_BASE_URL', 'https://env.example')
  const expected = { url: 'https://env.example/v1/tenant', authorization: 'Bearer sk_test_env' }
  expect(await firstSent(new Client())).toEqual(expected)
  expect(await firstSent(new Client({}))).toEqual(expected)
})

test('a client takes what it is told before the environment', async () => {
  vi.stubEnv('PLAYGROUND_API_KEY', 'sk_test_env')
  vi.stubEnv('PLAYGROUND_BASE_URL', 'https://env.example')
  const client = new Client({ apiKey: 'sk_test_told', baseUrl: 'https://told.example' })
  expect(await firstSent(client)).toEqual({
    url: 'https://told.example/v1/tenant',
    authorization: 'Bearer sk_test_told',
  })
})

test('a client asks the page’s own origin in a browser, which has no environment', async () => {
  const node = globalThis.process
  vi.stubGlobal('process', undefined)
  const sent = await firstSent(new Client({ apiKey: 'sk_test_told' })).finally(() => {
    globalThis.process = node
  })
  expect(sent).toEqual({ url: '/v1/tenant', authorization: 'Bearer sk_test_told' })
})

test('a client without a key leaves it to the server to say so', async () => {
  vi.stubEnv('PLAYGROUND_API_KEY', undefined)
  vi.stubEnv('PLAYGROUND_BASE_URL', undefined)
  expect((await firstSent(new Client())).authorization?.trim()).toBe('Bearer')
})

test('a client calls with an access token instead of a key, whatever the environment holds', async () => {
  vi.stubEnv('PLAYGROUND_API_KEY', 'sk_test_env')
  expect((await firstSent(new Client({ accessToken: 'at' }))).authorization).toBe('Bearer at')
})

test.each([
  { maxRetries: Number.NaN },
  { maxRetries: -1 },
  { maxRetries: 1.5 },
  { maxRetries: '2' as never },
  { timeout: Number.NaN },
  { timeout: -1 },
  { totalTimeout: Number.NaN },
])('%j are no numbers of tries or of milliseconds, for a client or for a call', async (patience) => {
  const fetch = vi.fn()
  expect(() => new Client(patience)).toThrow(TypeError)
  const client = new Client({ baseUrl: 'https://told.example', fetch })
  await expect(client.tenant(patience)).rejects.toThrow(/^(?:maxRetries|timeout)/)
  expect(fetch).not.toHaveBeenCalled()
})

test('what a call says is undefined is as the client says', async () => {
  const fetch = vi.fn(() => new Promise<never>(() => undefined))
  const client = new Client({ baseUrl: 'https://told.example', fetch, timeout: 1, maxRetries: 0 })
  const error = await client.tenant({ timeout: undefined, maxRetries: undefined }).catch((error) => error)
  expect([error.message, fetch.mock.calls.length]).toEqual(['No answer came within 1 ms.', 1])
})

test.each(['register', 'authenticate', 'approve'] as const)(
  '%s is as patient at its end as at its beginning',
  async (of) => {
    const sent: { url: string; userToken: string | null }[] = []
    const fetch = async (url: string | URL | Request, { headers }: RequestInit = {}) => {
      sent.push({ url: String(url), userToken: new Headers(headers).get('x-user-token') })
      if (sent.length === 1) return Response.json({ ceremonyId: 'c', publicKey: {} })
      return new Promise<never>(() => undefined)
    }
    const client = new Client({ baseUrl: 'https://told.example', fetch })
    const extra = { timeout: 1, maxRetries: 0, userToken: 'ey.user', credential: () => ({}) as never }
    await expect(client.passkeys[of]({} as never, extra)).rejects.toThrow('No answer came within 1 ms.')
    expect(sent.map(({ url }) => url.split('/').at(-1))).toEqual(['begin', 'finish'])
    expect(sent.map(({ userToken }) => userToken)).toEqual(['ey.user', null])
  },
)

test('a client with a key and a token, or a key pair without a token, is a mistake', () => {
  expect(() => new Client({ apiKey: 'sk_test_told', accessToken: 'at' })).toThrow(TypeError)
  expect(() => new Client({ apiKey: 'sk_test_told', dpop: {} as never })).toThrow(TypeError)
  expect(() => new Client({ accessToken: 'at', dpop: {} as never })).not.toThrow()
})
