import { expect, test } from 'vitest'
import type { ClientFacts } from './client-facts.ts'
import { snippetsOf } from './client-snippets.ts'

const base = 'https://auth.example'
const app: ClientFacts = {
  clientId: 'cli_1',
  type: 'public',
  grants: ['authorization_code', 'refresh_token'],
  scopes: ['openid', 'mpc:sign'],
  redirectUris: ['com.example.app:/back', "https://app.example/back?to=a&b='$HOME'", 'https://other.example/'],
  dpopRequired: false,
}

const snippets = (more: Partial<ClientFacts> = {}) =>
  Object.fromEntries(snippetsOf({ ...app, ...more }, base).map(({ label, code }) => [label, code]))

/** The address that the command prints, but for the challenge. */
function addressIn(more: Partial<ClientFacts> = {}): URLSearchParams {
  const [address = ''] =
    /https:\/\/auth\.example\/oauth\/authorize\?[^$]*/.exec(String(snippets(more)['sign-in']?.curl)) ?? []
  return new URL(address).searchParams
}

test('the authorization URL asks for all that the client may ask for, with its first page to come back to', () => {
  expect(Object.fromEntries(addressIn())).toEqual({
    client_id: 'cli_1',
    redirect_uri: "https://app.example/back?to=a&b='$HOME'",
    response_type: 'code',
    scope: 'openid mpc:sign',
    resource: 'https://auth.example/v1',
    code_challenge_method: 'S256',
    code_challenge: '',
  })
  expect(addressIn({ redirectUris: ['com.example.app:/back'] }).get('redirect_uri')).toBe('com.example.app:/back')
})

test('no quote or sign of a redirect URI ends the word that it stands in', () => {
  const { curl, TypeScript, Python } = snippets()['sign-in'] ?? {}
  expect(curl).toContain(`redirect_uri='https://app.example/back?to=a&b='\\''$HOME'\\'''`)
  expect(TypeScript).toContain(`redirectUri: "https://app.example/back?to=a&b='$HOME'"`)
  expect(Python).toContain(`"redirect_uri": "https://app.example/back?to=a&b='$HOME'"`)
})

test('each way to get tokens has its own, in every language, and nothing is left to invent', () => {
  expect(Object.keys(snippets())).toEqual(['sign-in'])
  const all = snippets({
    type: 'confidential',
    grants: ['authorization_code', 'client_credentials', 'urn:ietf:params:oauth:grant-type:device_code'],
  })
  expect(Object.keys(all)).toEqual(['sign-in', 'sign-in on another device', 'token for itself'])
  for (const { curl, TypeScript, Python } of Object.values(all)) {
    expect(curl).toContain('cli_1:$OAUTH_CLIENT_SECRET')
    expect(TypeScript).toMatch(/^\/\/ npm install https:\/\/auth\.example\/downloads\/sdk\.tgz\n/)
    expect(TypeScript).toContain('process.env.OAUTH_CLIENT_SECRET')
    expect(Python).toMatch(
      /^# pip install https:\/\/auth\.example\/downloads\/webauthn_playground-[\d.]+-py3-none-any\.whl\n/,
    )
    expect(Python).toContain('os.environ["OAUTH_CLIENT_SECRET"]')
  }
  expect(JSON.stringify([all, snippets()])).not.toMatch(/CODE_CHALLENGE|lib\/sdk|…/)
})

test('what no user can give away is asked for by the client alone, and of itself it asks nobody’s identity', () => {
  const both = snippets({
    type: 'confidential',
    grants: ['authorization_code', 'client_credentials'],
    scopes: ['openid', 'keys:manage', 'mpc:sign'],
  })
  expect(both['sign-in']?.TypeScript).toContain(`scope: 'openid mpc:sign'`)
  expect(both['token for itself']?.curl).toContain('scope="keys:manage mpc:sign"')
})

test('what lasts is asked for with the consent that it needs, and not where the client may not refresh', () => {
  const scopes = ['openid', 'offline_access']
  expect(addressIn({ scopes }).get('prompt')).toBe('consent')
  expect(snippets({ scopes })['sign-in']?.TypeScript).toContain("prompt: 'consent'")
  expect(JSON.stringify(snippets({ scopes, grants: ['authorization_code'] }))).not.toMatch(/offline_access|prompt/)
})

test('tokens that are bound to a key are asked for with one, and not where no proof of it can be made', () => {
  const { curl, TypeScript, Python } = snippets({ dpopRequired: true })['sign-in'] ?? {}
  expect(TypeScript).toContain('new Client({ baseUrl, accessToken, dpop })')
  for (const none of [curl, Python]) expect(none).toEqual({ lacking: expect.stringContaining('DPoP') })
  expect(snippets()['sign-in']?.TypeScript).not.toContain('dpop')
})
