import { beforeAll, describe, expect, test } from 'vitest'
import { expectProblem, send } from './harness.ts'
import { OAuthBrowser } from './oauth-harness.ts'
import {
  type App,
  apiUrl,
  askToken,
  callApi,
  claimsOf,
  expectOAuthError,
  newApp,
  newService,
  newTokens,
  post,
  within5s,
} from './oauth-test-clients.ts'

// What clients may ask about tokens (RFC 7662), and how they give them back (RFC 7009).

let app: App
let service: App
let browser: OAuthBrowser
beforeAll(async () => {
  app = await newApp()
  service = await newService({ tenantId: app.tenantId })
  browser = new OAuthBrowser()
})

const refresh = (by: App, refresh_token: string) =>
  askToken(by, { grant_type: 'refresh_token', refresh_token, resource: apiUrl })

describe('revocation', () => {
  const revoke = (by: App, token: string) =>
    post('/oauth/revoke', {
      token,
      client_id: by.clientId,
      ...(by.clientSecret ? { client_secret: by.clientSecret } : {}),
    })

  test('of a refresh token ends all that its grant gave', async () => {
    const tokens = await newTokens(app, browser)
    expect((await callApi(tokens.access_token)).status).toBe(200)
    expect((await revoke(app, tokens.refresh_token)).status).toBe(200)
    expectOAuthError(await refresh(app, tokens.refresh_token), [400, 'invalid_grant'])
    await within5s(async () => expectProblem(await callApi(tokens.access_token), [401, 'token_invalid']))
  })

  test('of an opaque access token ends it alone', async () => {
    const tokens = await newTokens(app, browser, { resource: undefined })
    const me = () => send('GET', '/oauth/userinfo', { headers: { Authorization: `Bearer ${tokens.access_token}` } })
    expect((await me()).status).toBe(200)
    expect((await revoke(app, tokens.access_token)).status).toBe(200)
    expect([(await me()).status, (await me()).body.error]).toEqual([401, 'invalid_token'])
    const next = await askToken(app, { grant_type: 'refresh_token', refresh_token: tokens.refresh_token })
    expect(next.status).toBe(200)
  })

  test('by another client, or of a token that is none, changes nothing', async () => {
    const tokens = await newTokens(app, browser)
    const elsewhere = await newService()
    for (const by of [service, elsewhere]) expect([200, 400]).toContain((await revoke(by, tokens.refresh_token)).status)
    expect((await revoke(app, 'nonsense')).status).toBe(200)
    expect((await revoke({ ...service, clientSecret: 'x' }, tokens.refresh_token)).status).toBe(401)
    expect((await refresh(app, tokens.refresh_token)).status).toBe(200)
  })
})

describe('introspection', () => {
  const introspect = async (by: App, token: string) =>
    post('/oauth/introspect', {
      ...{ token, client_id: by.clientId },
      ...(by.clientSecret ? { client_secret: by.clientSecret } : {}),
    })

  test('tells a client of its own tokens, and one with a secret of its environment’s', async () => {
    const { access_token, refresh_token, id_token } = await newTokens(app, browser, { resource: undefined })
    const { sub } = claimsOf(id_token)
    for (const by of [app, service]) {
      const { status, body } = await introspect(by, access_token)
      expect([status, body]).toEqual([200, expect.objectContaining({ active: true, sub, client_id: app.clientId })])
      expect((await introspect(by, refresh_token)).body).toMatchObject({ active: true, sub })
    }
  })

  test('tells nobody else anything', async () => {
    const { access_token, refresh_token } = await newTokens(app, browser, { resource: undefined })
    const others = [
      await newService(),
      await newService({ tenantId: app.tenantId, environment: 'live' }),
      await newApp({ tenantId: app.tenantId }),
    ]
    for (const by of others) {
      for (const token of [access_token, refresh_token, 'nonsense']) {
        expect(await introspect(by, token)).toMatchObject({ status: 200, body: { active: false } })
      }
    }
    expectOAuthError(await introspect({ ...service, clientSecret: 'x' }, access_token), [401, 'invalid_client'])
    expectOAuthError(await post('/oauth/introspect', { token: access_token }), [400, 'invalid_request'])
    expect((await introspect(app, access_token)).body.active).toBe(true)
  })
})
