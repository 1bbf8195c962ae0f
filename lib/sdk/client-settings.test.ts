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

test('a client with a key and a token, or a key pair without a token, is a mistake', () => {
  expect(() => new Client({ apiKey: 'sk_test_told', accessToken: 'at' })).toThrow(TypeError)
  expect(() => new Client({ apiKey: 'sk_test_told', dpop: {} as never })).toThrow(TypeError)
  expect(() => new Client({ accessToken: 'at', dpop: {} as never })).not.toThrow()
})
