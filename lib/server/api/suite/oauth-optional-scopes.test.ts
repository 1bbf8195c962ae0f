import { beforeAll, describe, expect, test } from 'vitest'
import { listConsents } from '../../oauth/store.ts'
import { expectProblem, refusal, send } from './harness.ts'
import { managedTenant } from './keys-harness.ts'
import { OAuthBrowser } from './oauth-harness.ts'
import {
  type App,
  apiUrl,
  askToken,
  authorizationUrl,
  callApi,
  claimsOf,
  newApp,
  newService,
  newTokens,
  post,
  tokensIn,
} from './oauth-test-clients.ts'

// RFC 6749 §3.3: the server may grant less than was asked for, and says in the answer what it granted.

const asked = 'openid profile account:read usage:read mpc:sign'
const optionalScopes = ['profile', 'usage:read', 'mpc:sign'] as const

let app: App
let browser: OAuthBrowser
beforeAll(async () => {
  app = await newApp({ optionalScopes: [...optionalScopes] })
  browser = new OAuthBrowser()
})

/** The pages that an authorization shows, and the error that it ends with. */
async function go(by: OAuthBrowser, of: App, changed: Record<string, string> = {}, leftOut: string[] = []) {
  const { url } = await authorizationUrl(of, { scope: asked, resource: apiUrl, ...changed })
  const before = by.seen.length
  const { searchParams } = await by.authorize(url, { leftOut })
  return [by.seen.length - before, searchParams.get('error')]
}

describe('who leaves scopes out', () => {
  test('gives exactly what is left: token, answer, ID token, introspection, refresh and what is remembered', async () => {
    const service = await newService({ tenantId: app.tenantId, optionalScopes: [...optionalScopes] })
    const by = new OAuthBrowser()
    const tokens = await newTokens(
      service,
      by,
      { scope: asked },
      { username: 'grace', leftOut: ['profile', 'mpc:sign'] },
    )
    expect([tokens.scope, claimsOf(tokens.access_token).scope]).toEqual(['account:read usage:read', tokens.scope])
    const { sub, preferred_username } = claimsOf(tokens.id_token)
    expect([typeof sub, preferred_username]).toEqual(['string', undefined])
    expectProblem(await callApi(tokens.access_token, '/v1/approvals', { method: 'POST' }), [403, 'insufficient_scope'])
    expect((await callApi(tokens.access_token, '/v1/usage')).status).toBe(200)
    const userinfo = await askToken(service, { grant_type: 'refresh_token', refresh_token: tokens.refresh_token })
    const shown = await send('GET', '/oauth/userinfo', {
      headers: { Authorization: `Bearer ${tokensIn(userinfo).access_token}` },
    })
    expect(shown.body).toMatchObject({ sub })
    expect(shown.body).not.toHaveProperty('preferred_username')
    const fresh = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token, resource: apiUrl }
    expect(tokensIn(await askToken(service, fresh)).scope).toBe('account:read usage:read')
    const more = await askToken(service, { ...fresh, scope: 'mpc:sign' })
    expect([more.status, more.body.error]).toEqual([400, 'invalid_scope'])
    const { clientId, clientSecret = '' } = service
    const own = { client_id: clientId, client_secret: clientSecret, token: tokens.refresh_token }
    const seen = (await post('/oauth/introspect', own)).body.scope
    expect(String(seen).split(' ').sort()).toEqual(['account:read', 'openid', 'usage:read'])
    const rows = (await listConsents(String(sub))).filter((row) => row.clientId === clientId)
    expect(Object.fromEntries(rows.map(({ resource, scopes }) => [resource, scopes]))).toEqual({
      '': 'openid',
      [apiUrl]: 'account:read usage:read',
    })
  })

  test('is asked again for that alone, and allows it then', async () => {
    expect(await go(browser, app, {}, ['mpc:sign'])).toEqual([2, null])
    // What was allowed is not asked again, what was left out is, and may be left out again.
    expect(await go(browser, app, { scope: 'openid usage:read' })).toEqual([0, null])
    expect(await go(browser, app, {}, ['mpc:sign'])).toEqual([1, null])
    const { url } = await authorizationUrl(app, { scope: asked, resource: apiUrl })
    const uid = await browser.arrive(url)
    await expect(browser.step(uid, 'allow', { leftOut: ['usage:read'] })).rejects.toMatchObject({ status: 400 })
    expect(await go(browser, app)).toEqual([1, null])
    expect(await go(browser, app)).toEqual([0, null])
  })

  test('lets an app that may not ask go on with what it was allowed, and with nothing where something needed lacks', async () => {
    const other = await newApp({ tenantId: app.tenantId, optionalScopes: [...optionalScopes] })
    const silent = { prompt: 'none' }
    expect(await go(browser, other, silent)).toEqual([0, 'consent_required'])
    await go(browser, other, {}, ['mpc:sign'])
    const tokens = await newTokens(other, browser, { scope: asked, ...silent })
    expect(tokens.scope).toBe('account:read usage:read')
    expect(await go(browser, other, { scope: `${asked} passkeys:manage`, ...silent })).toEqual([0, 'consent_required'])
  })

  test('leaves out no more than may be, and never all', async () => {
    const other = await newApp({ tenantId: app.tenantId, optionalScopes: ['account:read', 'usage:read'] })
    const { url } = await authorizationUrl(other, { scope: 'account:read usage:read', resource: apiUrl })
    const uid = await browser.arrive(url)
    for (const leftOut of [['openid'], ['mpc:sign'], ['account:read', 'usage:read'], ['nothing'], 'usage:read', [1]]) {
      await expect(browser.step(uid, 'allow', { leftOut })).rejects.toMatchObject({
        status: 400,
        problem: { code: 'invalid_request' },
      })
    }
    await expect(browser.step(uid, 'allow', { leftOut: ['usage:read'], all: true })).rejects.toMatchObject({
      status: 400,
    })
    expect((await browser.step(uid, 'allow', { leftOut: ['usage:read'] })).location).toContain(uid)
  })
})

test('where staying connected can be left out, a refresh token comes with the user’s word only', async () => {
  const other = await newApp({ tenantId: app.tenantId, optionalScopes: ['offline_access'] })
  const scope = 'openid offline_access account:read'
  const without = await newTokens(other, browser, { scope, prompt: 'consent' }, { leftOut: ['offline_access'] })
  expect(without).not.toHaveProperty('refresh_token')
  const needed = await newApp({ tenantId: app.tenantId })
  for (const each of [other, needed]) {
    expect(await newTokens(each, browser, { scope, prompt: 'consent' })).toHaveProperty('refresh_token')
  }
})

test('a scope that the client lost is no longer optional, and none is that nobody could leave out', async () => {
  const { manager } = await managedTenant()
  const { oauthClients } = manager.client
  const { clientId, optionalScopes } = await oauthClients.create({
    ...{ name: 'App', type: 'public', redirectUris: ['https://app.example/cb'] },
    ...{ scopes: ['openid', 'profile', 'account:read'], optionalScopes: ['account:read', 'profile'] },
  })
  expect(optionalScopes).toEqual(['profile', 'account:read'])
  expect((await oauthClients.update(clientId, { scopes: ['openid', 'account:read'] })).optionalScopes).toEqual([
    'account:read',
  ])
  for (const wrong of ['openid', 'profile', 'keys:manage'] as const) {
    const { code, issues } = await refusal(oauthClients.update(clientId, { optionalScopes: [wrong] }))
    expect([code, issues?.[0]?.path]).toEqual(['invalid_request', 'optionalScopes'])
  }
  expect((await oauthClients.update(clientId, { name: 'Renamed' })).optionalScopes).toEqual(['account:read'])
  expect((await oauthClients.update(clientId, { optionalScopes: [] })).optionalScopes).toEqual([])
})
