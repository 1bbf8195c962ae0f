import * as client from 'openid-client'
import { expect, onTestFinished, vi } from 'vitest'
import type { Environment } from '#lib/contract/environment.ts'
import { type ClientCreate, clientCreate } from '#lib/contract/oauth.ts'
import { apiResource } from '#lib/contract/oauth-resources.ts'
import { createClient } from '../../clients/clients.ts'
import { actFor, createTenant } from '../../tenants/tenants.ts'
import { api } from '../app.ts'
import { type Answer, baseUrl, mount, request, send } from './harness.ts'
import type { OAuthBrowser, Person } from './oauth-harness.ts'

// Apps of other people, as the authorization server sees them. They know its address, their id and their secret; what
// they do with it is the stock clients' business, or, where those would never do it, a form that is sent as it stands.

export const redirectUri = 'https://app.example/callback'
export const apiUrl = apiResource(baseUrl)
export const allScopes: ClientCreate['scopes'] = [
  'openid',
  'profile',
  'offline_access',
  'passkeys:manage',
  'usage:read',
  'mpc:sign',
  'account:read',
]

type Settings = Partial<ClientCreate> & { environment?: Environment; tenantId?: string }

/** A client, in a tenant of its own unless told, with the stock library set up for it. */
export async function newApp({ environment = 'test', tenantId, ...settings }: Settings = {}) {
  const slug = `t-${crypto.randomUUID().slice(0, 13)}`
  const tenant = tenantId ?? (await createTenant({ name: `Tenant ${slug}`, slug })).id
  const wanted = { name: 'App', type: 'public', redirectUris: [redirectUri], scopes: allScopes, ...settings } as const
  const { clientId, clientSecret } = await createClient(await actFor(tenant, environment), clientCreate.parse(wanted))
  const authentication = clientSecret ? client.ClientSecretBasic(clientSecret) : client.None()
  const config = await client.discovery(new URL(baseUrl), clientId, clientSecret, authentication, {
    execute: [client.allowInsecureRequests],
    [client.customFetch]: request as client.CustomFetch,
  })
  return { tenantId: tenant, environment, clientId, clientSecret, config }
}

export type App = Awaited<ReturnType<typeof newApp>>

/** An app that keeps a secret, and may use every grant. */
export function newService(settings: Settings = {}): Promise<App> {
  const grants: ClientCreate['grants'] = ['authorization_code', 'refresh_token', 'client_credentials']
  return newApp({ type: 'confidential', grants, ...settings })
}

type Fields = Record<string, string> | [name: string, value: string][]

/** A form that is sent as it stands. */
export function post(path: string, fields: Fields, headers: Record<string, string> = {}): Promise<Answer> {
  const type = { 'Content-Type': 'application/x-www-form-urlencoded' }
  return send('POST', path, { headers: { ...type, ...headers }, body: new URLSearchParams(fields).toString() })
}

/**
 * fetch, wired to another process than `request`: where a server is tested, to the test's own process, which has the same
 * storage; in memory to this one after all that it kept in memory is gone.
 */
export const elsewhere: typeof fetch = async (input, init) => {
  if (mount === 'in memory') forgetProcess()
  return api().request(input as string, init)
}

function forgetProcess(): void {
  const kept = ['playgroundOAuth', 'playgroundStandings', 'playgroundRing', 'playgroundRingReadAt']
  for (const name of kept) delete (globalThis as Record<string, unknown>)[name]
}

/** The token endpoint's answer to a client; one that keeps a secret sends it. */
export function askToken(
  { clientId, clientSecret }: App,
  fields: Record<string, string>,
  headers = {},
): Promise<Answer> {
  const secret: Record<string, string> = clientSecret ? { client_secret: clientSecret } : {}
  return post('/oauth/token', { client_id: clientId, ...secret, ...fields }, headers)
}

/** Asserts that an answer is RFC 6749's error, whole. */
export function expectOAuthError({ status, headers, body }: Answer, expected: [status: number, error: string]): void {
  expect([status, body?.error]).toEqual(expected)
  expect(headers.get('content-type')).toMatch(/^application\/json/)
  expect(headers.get('cache-control')).toBe('no-store')
}

/** Asserts that an answer is a page that says an error, and leads nowhere. */
export async function expectErrorPage(response: Response, error: string): Promise<void> {
  expect([response.status, response.headers.get('location')]).toEqual([400, null])
  expect(response.headers.get('content-type')).toMatch(/^text\/html/)
  expect(await response.text()).toContain(`<code>${error}</code>`)
}

/** An authorization URL of an app, with PKCE; a parameter that is undefined is left out. */
export async function authorizationUrl(app: Pick<App, 'clientId'>, changed: Record<string, string | undefined> = {}) {
  const verifier = client.randomPKCECodeVerifier()
  const params: Record<string, string | undefined> = {
    client_id: app.clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'openid account:read',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...changed,
  }
  const given = Object.entries(params).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return { verifier, url: `${baseUrl}/oauth/authorize?${new URLSearchParams(given)}` }
}

/** A code for a user who allows what is asked for, and what goes with it to the token endpoint. */
export async function newCode(
  app: App,
  browser: OAuthBrowser,
  changed: Record<string, string | undefined> = {},
  person: Person = {},
) {
  const { url, verifier } = await authorizationUrl(app, changed)
  const { searchParams } = await browser.authorize(url, person)
  const code = searchParams.get('code')
  if (!code) throw new Error(`No code came back: ${searchParams}`)
  return { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier }
}

/** Tokens for a user: for the API unless told. */
export async function newTokens(
  app: App,
  browser: OAuthBrowser,
  changed: Record<string, string | undefined> = {},
  person: Person = {},
) {
  const resource = 'resource' in changed ? changed.resource : apiUrl
  const code = await newCode(app, browser, { ...changed, resource }, person)
  return tokensIn(await askToken(app, { ...code, ...(resource ? { resource } : {}) }))
}

export interface Tokens {
  access_token: string
  refresh_token: string
  id_token: string
  token_type: string
  expires_in: number
  scope: string
}

/** The tokens of an answer; fails where there are none. */
export function tokensIn({ status, text, body }: Answer): Tokens {
  if (status !== 200) throw new Error(`The token endpoint answered ${status}: ${text}`)
  return body
}

/** A request to the API with an access token. */
export function callApi(token: string, path = '/v1/tenant', init: RequestInit = {}): Promise<Answer> {
  return send(init.method ?? 'GET', path, { ...init, headers: { ...init.headers, Authorization: `Bearer ${token}` } })
}

/** The claims of a JWT, unverified. */
export function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
}

/** What an answer to an app says, in its query or its fragment. */
export function saidIn(back: URL): URLSearchParams {
  return new URLSearchParams(back.hash ? back.hash.slice(1) : back.search)
}

/** Whether the server's clock is the test's own, and can be turned. */
export const clockTurns = mount === 'in memory'

/** Turns the clock, until the end of the test. Only in memory: another process has its own. */
export function turnClock(milliseconds: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + milliseconds })
  onTestFinished(() => void vi.useRealTimers())
}

/** Waits until something is so that every process sees within 5 s; in memory those 5 s pass at once. */
export async function within5s(check: () => Promise<void>): Promise<void> {
  if (!clockTurns) return vi.waitFor(check, { timeout: 15_000, interval: 250 })
  turnClock(5_001)
  await check()
}
