import { expect, test } from 'vitest'
import { snippetsOf } from './client-snippets.ts'

const base = 'https://auth.example'
const app = {
  clientId: 'cli_1',
  type: 'public',
  grants: ['authorization_code', 'refresh_token'],
  scopes: ['openid', 'mpc:sign'],
  redirectUris: ['https://app.example/back?to=a&b', 'https://other.example/'],
} as const

const snippets = (more: Partial<Parameters<typeof snippetsOf>[0]>, secret?: string) =>
  Object.fromEntries(snippetsOf({ ...app, ...more }, base, secret).map(({ label, code }) => [label, code]))

test('the authorization URL asks for all that the client may ask for, with its first redirect URI', () => {
  const url = new URL(snippets({})['authorization URL'] ?? '')
  expect(`${url.origin}${url.pathname}`).toBe(`${base}/oauth/authorize`)
  expect(Object.fromEntries(url.searchParams)).toEqual({
    client_id: 'cli_1',
    redirect_uri: 'https://app.example/back?to=a&b',
    response_type: 'code',
    scope: 'openid mpc:sign',
    resource: 'https://auth.example/v1',
    code_challenge: 'CODE_CHALLENGE',
    code_challenge_method: 'S256',
  })
})

test('a secret stands in the environment and nowhere else, and a public client has none', () => {
  expect(Object.keys(snippets({}))).toEqual(['authorization URL', 'SDK'])
  const server = snippets({ type: 'confidential' }, 'cs_secret')
  expect(server['environment variables']).toContain('OAUTH_CLIENT_SECRET=cs_secret')
  expect(server.SDK).toContain('process.env.OAUTH_CLIENT_SECRET')
  expect(JSON.stringify(server).split('cs_secret')).toHaveLength(2)
  expect(snippets({ type: 'confidential' })['environment variables']).toContain('OAUTH_CLIENT_SECRET=…')
})

test('what no user can give away is asked for by the client alone, and of itself it asks nobody’s identity', () => {
  const both = snippets({
    type: 'confidential',
    grants: ['authorization_code', 'client_credentials'],
    scopes: ['openid', 'keys:manage', 'mpc:sign'],
  })
  expect(both.SDK).toContain(`scope = 'openid mpc:sign'`)
  expect(both['token for itself']).toContain('scope="keys:manage mpc:sign"')
})

test('what lasts is asked for with the consent that it needs, and not where the client may not refresh', () => {
  const scopes = ['openid', 'offline_access'] as const
  const lasting = snippets({ scopes })
  expect(new URL(lasting['authorization URL'] ?? '').searchParams.get('prompt')).toBe('consent')
  expect(lasting.SDK).toContain("prompt: 'consent'")
  const brief = snippets({ scopes, grants: ['authorization_code'] })
  expect(JSON.stringify(brief)).not.toMatch(/offline_access|prompt/)
})
