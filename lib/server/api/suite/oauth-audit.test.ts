import { beforeAll, expect, test } from 'vitest'
import type { AuthenticateBegun } from '#lib/contract/passkeys.ts'
import { listAudit } from '../../audit/audit.ts'
import { OAuthBrowser } from './oauth-harness.ts'
import {
  type App,
  apiUrl,
  askToken,
  authorizationUrl,
  claimsOf,
  newApp,
  newCode,
  newTokens,
  post,
} from './oauth-test-clients.ts'

// What the tenant's audit log tells of its users' sign-ins on the pages of OAuth, and of what they allow apps there.

let app: App
let browser: OAuthBrowser
let ada: { id: string; username: string }
beforeAll(async () => {
  app = await newApp()
  browser = new OAuthBrowser()
  ada = { id: String(claimsOf((await newTokens(app, browser)).id_token).sub), username: 'ada' }
})

/** What the log gained by something, oldest first. */
async function eventsOf(run: () => Promise<unknown>) {
  const all = async () => (await listAudit(app.tenantId, { limit: 100 })).data
  const [last] = await all()
  await run()
  return (await all()).filter(({ id }) => id > (last?.id ?? 0)).reverse()
}

const asAda = () => ({ type: 'user', id: ada.id, name: 'ada' })

async function signInAtAccount(by: OAuthBrowser) {
  const { ceremonyId, publicKey } = (await (
    await by.fetch('/account/api/sign-in/begin', { method: 'POST' })
  ).json()) as AuthenticateBegun
  const body = JSON.stringify({ ceremonyId, credential: browser.authenticator.get(publicKey) })
  const headers = { 'Content-Type': 'application/json' }
  expect((await by.fetch('/account/api/sign-in/finish', { method: 'POST', headers, body })).status).toBe(204)
}

test('a sign-in for an app, and one on the user’s own page, are told with what they went through', async () => {
  const { url } = await authorizationUrl(app, { prompt: 'login' })
  const forApp = await eventsOf(async () => browser.signIn(await browser.arrive(url), 'ada'))
  const atAccount = await eventsOf(() => signInAtAccount(new OAuthBrowser()))
  expect([...forApp, ...atAccount]).toMatchObject([
    { action: 'user.signed_in', actor: asAda(), user: ada, after: { app: 'App', clientId: app.clientId } },
    { action: 'user.signed_in', actor: asAda(), user: ada, after: { page: 'account' } },
  ])
  for (const { requestId } of [...forApp, ...atAccount]) expect(requestId).toMatch(/./)
})

test('what a user takes back from an app is told, once, and not where there was nothing to take', async () => {
  const other = await newApp({ tenantId: app.tenantId })
  await newTokens(other, browser)
  await newTokens(other, browser)
  const revoke = () => browser.fetch(`/account/api/grants/${other.clientId}`, { method: 'DELETE' })
  const events = await eventsOf(async () => {
    expect((await revoke()).status).toBe(204)
    expect((await revoke()).status).toBe(404)
  })
  expect(events).toMatchObject([
    { action: 'grant.revoked', actor: asAda(), user: ada, target: { id: other.clientId }, after: { grantsEnded: 2 } },
  ])
})

test('a grant that its app gives back, or whose code comes twice, is told for its user', async () => {
  const { refresh_token: token } = await newTokens(app, browser)
  const byApp = await eventsOf(() => post('/oauth/revoke', { token, client_id: app.clientId }))
  const code = await newCode(app, browser)
  expect((await askToken(app, code)).status).toBe(200)
  const twice = await eventsOf(() => askToken(app, code))
  expect([...byApp, ...twice]).toMatchObject([
    { action: 'grant.revoked', actor: { type: 'client', id: app.clientId }, user: ada, target: { id: app.clientId } },
    {
      action: 'grant.revoked',
      actor: { type: 'system' },
      user: ada,
      after: { reason: 'a code or a token came twice' },
    },
  ])
})

test('a consent is told with what was left out, a refusal with all of it, and five refusals a minute', async () => {
  const scope = 'openid profile account:read'
  const other = await newApp({ tenantId: app.tenantId, optionalScopes: ['profile'] })
  const { url } = await authorizationUrl(other, { scope, resource: apiUrl })
  const events = await eventsOf(async () => {
    for (let time = 0; time < 8; time++) await browser.authorize(url, { consent: 'deny' })
    await browser.authorize(url, { leftOut: ['profile'] })
  })
  const target = { id: other.clientId, name: 'App' }
  const refused = { action: 'consent.refused', after: { scopes: [], leftOut: ['openid', 'profile', 'account:read'] } }
  const given = { action: 'consent.given', after: { scopes: ['openid', 'account:read'], leftOut: ['profile'] } }
  const expected = [...Array.from({ length: 5 }, () => refused), given]
  expect(events).toMatchObject(expected.map((event) => ({ ...event, actor: asAda(), user: ada, target })))
})
