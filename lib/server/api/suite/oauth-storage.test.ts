import { beforeAll, describe, expect, test } from 'vitest'
import { keptText } from '#lib/setup/kept-text.ts'
import { closeDatabase, database } from '../../db/database.ts'
import { env } from '../../env.ts'
import { baseUrl, mount, request } from './harness.ts'
import { approveDevice } from './oauth-forms.ts'
import { OAuthBrowser } from './oauth-harness.ts'
import {
  type App,
  apiUrl,
  askToken,
  authorizationUrl,
  callApi,
  clockTurns,
  elsewhere,
  newApp,
  newCode,
  newService,
  newTokens,
  post,
  redirectUri,
  turnClock,
} from './oauth-test-clients.ts'

// What the authorization server keeps: across processes and restarts, nothing secret in clear, and nothing for ever.

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code'

let app: App
let service: App
beforeAll(async () => {
  app = await newApp({ grants: ['authorization_code', 'refresh_token', deviceGrant] })
  service = await newService({ tenantId: app.tenantId })
})

/** fetch, by turns to one process and the other. */
function alternating(): typeof fetch {
  let turn = 0
  return (input, init) => (turn++ % 2 ? request : elsewhere)(input, init)
}

describe('whatever process a request comes to', () => {
  const wire = alternating()

  async function form(path: string, fields: Record<string, string>) {
    const response = await wire(`${baseUrl}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    })
    return { status: response.status, body: await response.json() }
  }

  test('a sign-in goes on: the page, the session, the code, the tokens, what was allowed', async () => {
    const browser = new OAuthBrowser()
    browser.wire = wire
    const { url, verifier } = await authorizationUrl(app, { resource: apiUrl })
    const pushed = await form('/oauth/par', Object.fromEntries(new URL(url).searchParams))
    const params = new URLSearchParams({ client_id: app.clientId, request_uri: pushed.body.request_uri })
    const back = await browser.authorize(`${baseUrl}/oauth/authorize?${params}`)
    const code = back.searchParams.get('code') ?? ''
    let { status, body } = await form('/oauth/token', {
      ...{ grant_type: 'authorization_code', client_id: app.clientId, code, code_verifier: verifier },
      ...{ redirect_uri: redirectUri, resource: apiUrl },
    })
    expect(status).toBe(200)
    for (let turn = 0; turn < 3; turn++) {
      const { refresh_token } = body
      const grant = { grant_type: 'refresh_token', client_id: app.clientId, refresh_token, resource: apiUrl }
      ;({ status, body } = await form('/oauth/token', grant))
      expect(status).toBe(200)
      const headers = { Authorization: `Bearer ${body.access_token}` }
      expect((await wire(`${apiUrl}/tenant`, { headers })).status).toBe(200)
      // Signed in, and allowed before: no page.
      const silent = await browser.authorize((await authorizationUrl(app, { prompt: 'none' })).url)
      expect(silent.searchParams.has('code')).toBe(true)
    }
  })

  test('a device goes on', async () => {
    const browser = new OAuthBrowser()
    browser.wire = wire
    const { body } = await form('/oauth/device', { client_id: app.clientId, scope: 'openid' })
    const person = { username: 'grace' }
    await browser.authorize((await authorizationUrl(app)).url, person)
    await approveDevice(browser, body.user_code)
    const grant = { grant_type: deviceGrant, client_id: app.clientId, device_code: body.device_code }
    expect((await form('/oauth/token', grant)).status).toBe(200)
  })
})

test.runIf(mount === 'in memory')('sessions, grants and refresh tokens survive a restart', async () => {
  const browser = new OAuthBrowser()
  const tokens = await newTokens(app, browser, {}, { username: 'hedy' })
  const opaque = await newTokens(app, browser, { resource: undefined })
  await closeDatabase()
  browser.wire = elsewhere
  await elsewhere(`${baseUrl}/.well-known/openid-configuration`)
  const silent = await browser.authorize((await authorizationUrl(app, { prompt: 'none' })).url)
  expect(silent.searchParams.has('code')).toBe(true)
  expect((await callApi(tokens.access_token)).status).toBe(200)
  const introspected = await post('/oauth/introspect', { token: opaque.access_token, client_id: app.clientId })
  expect(introspected.body.active).toBe(true)
  const refreshed = await askToken(app, { grant_type: 'refresh_token', refresh_token: tokens.refresh_token })
  expect(refreshed.status).toBe(200)
})

test('nothing of it stands in the database in clear', async () => {
  const browser = new OAuthBrowser()
  const person = { username: 'joan' }
  const waiting = await newCode(service, browser, {}, person)
  const tokens = await newTokens(app, browser, { resource: undefined })
  const refreshed = await askToken(app, { grant_type: 'refresh_token', refresh_token: tokens.refresh_token })
  const device = (await post('/oauth/device', { client_id: app.clientId, scope: 'openid' })).body
  const { url } = await authorizationUrl(app, {
    prompt: 'consent',
    state: crypto.randomUUID(),
    nonce: crypto.randomUUID(),
  })
  const uid = await browser.arrive(url)
  const pushed = (await post('/oauth/par', Object.fromEntries(new URL(url).searchParams))).body
  const secrets: Record<string, string | undefined> = {
    code: waiting.code,
    verifier: waiting.code_verifier,
    'access token': tokens.access_token,
    'refresh token': tokens.refresh_token,
    'its successor': refreshed.body.refresh_token,
    'new access token': refreshed.body.access_token,
    'client secret': service.clientSecret,
    'device code': device.device_code,
    'user code': device.user_code,
    'user code, as it is compared': device.user_code.replace('-', ''),
    'request URI': pushed.request_uri.split(':').at(-1),
    state: new URL(url).searchParams.get('state') ?? undefined,
    interaction: uid,
    ...Object.fromEntries(browser.cookies.map(({ name, value }) => [`cookie ${name}`, value])),
  }
  const kept = await keptText(env().database)
  // It is the database that all of this is kept in.
  for (const known of [app.clientId, service.clientId, app.tenantId]) expect(kept).toContain(known)
  for (const [name, secret] of Object.entries(secrets)) {
    expect(secret, name).toMatch(/^.{8,}$/)
    expect(kept.includes(secret ?? ''), name).toBe(false)
  }
})

test.runIf(clockTurns)('what has expired is deleted, and what has not stays', async () => {
  const browser = new OAuthBrowser()
  const mine = await newApp()
  const tokens = await newTokens(mine, browser)
  await newCode(mine, browser)
  const records = async () => (await database()).oAuthRecord.findMany({ where: { clientId: mine.clientId } })
  const kinds = async () => [...new Set((await records()).map(({ kind }) => kind))].sort()
  expect(await kinds()).toEqual(expect.arrayContaining(['AuthorizationCode', 'Grant', 'RefreshToken']))
  turnClock(20 * 86_400_000)
  const grant = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token, resource: apiUrl }
  const refreshed = await askToken(mine, grant)
  expect(refreshed.status).toBe(200)
  const expired = { expiresAt: { lt: new Date(Date.now()) } }
  await expect.poll(async () => await (await database()).oAuthRecord.count({ where: expired })).toBe(0)
  expect(await kinds()).toEqual(['Grant', 'RefreshToken'])
  turnClock(400 * 86_400_000)
  await newTokens(app, new OAuthBrowser(), {}, { username: 'lise' })
  await expect.poll(async () => await records()).toEqual([])
})
