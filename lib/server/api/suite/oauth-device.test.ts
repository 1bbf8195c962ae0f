import * as client from 'openid-client'
import { beforeAll, expect, test, vi } from 'vitest'
import { mpcResource } from '#lib/contract/oauth-resources.ts'
import { RecordAdapter } from '../../oauth/adapter.ts'
import { baseUrl, mount, send } from './harness.ts'
import { approveDevice, enterCode, formIn, press, submit } from './oauth-forms.ts'
import { OAuthBrowser } from './oauth-harness.ts'
import {
  type App,
  apiUrl,
  askToken,
  callApi,
  claimsOf,
  clockTurns,
  expectOAuthError,
  newApp,
  newTokens,
  post,
  turnClock,
} from './oauth-test-clients.ts'

// The flow for devices that have no browser (RFC 8628). Its codes are few to try, so that this file is sparing of them.

const grant = 'urn:ietf:params:oauth:grant-type:device_code'

let app: App
let browser: OAuthBrowser
beforeAll(async () => {
  app = await newApp({ grants: ['authorization_code', 'refresh_token', grant] })
  browser = new OAuthBrowser()
})

const begin = () => client.initiateDeviceAuthorization(app.config, { scope: 'openid account:read', resource: apiUrl })
const poll = (device_code: string, by = app) => askToken(by, { grant_type: grant, device_code, resource: apiUrl })

const enter = (userCode: string, by = browser) => enterCode(by, userCode)

test('a device gets tokens once its user has entered the code, compared it and allowed it', async () => {
  const device = await begin()
  expect(device).toMatchObject({
    device_code: expect.stringMatching(/^[\w-]{40,}$/),
    user_code: expect.stringMatching(/^[A-Z]{4}-[A-Z]{4}$/),
    verification_uri: `${baseUrl}/device`,
    verification_uri_complete: `${baseUrl}/device?user_code=${device.user_code}`,
    expires_in: 600,
  })
  expectOAuthError(await poll(device.device_code), [400, 'authorization_pending'])
  expect(formIn(await (await browser.fetch('/device')).text()).action).toBe(`${baseUrl}/device`)
  const page = await enter(device.user_code.toLowerCase().replace('-', ' '))
  expect(page).toContain(`<output>${device.user_code}</output>`)
  expectOAuthError(await poll(device.device_code), [400, 'authorization_pending'])
  const confirmed = await press(browser, page)
  const { address, page: done } = await browser.follow(confirmed.headers.get('location') ?? '')
  expect([address.origin, done?.status]).toEqual([baseUrl, 200])
  expect(await done?.text()).toContain('Back to your device')
  const parameters = { device_code: device.device_code, resource: apiUrl }
  const tokens = await client.genericGrantRequest(app.config, grant, parameters)
  expect(tokens).toMatchObject({ scope: 'account:read', refresh_token: expect.any(String) })
  expect(tokens.claims()).toMatchObject({ aud: app.clientId, acr: 'phrh', auth_time: expect.any(Number) })
  expect(claimsOf(tokens.access_token)).toMatchObject({ aud: apiUrl, amr: ['pop', 'hwk', 'user', 'mfa'] })
  expect((await callApi(tokens.access_token)).status).toBe(200)
  // The device code was for once, and so was the user's.
  expectOAuthError(await poll(device.device_code), [400, 'invalid_grant'])
  expect(await enter(device.user_code)).toContain('role="alert"')
})

test('a device is told that its user does not want it: on the page with the code, or when asked for consent', async () => {
  const [onCode, onConsent] = [await begin(), await begin()]
  const page = await press(browser, await enter(onCode.user_code), { abort: 'yes' })
  const text = await page.text()
  expect(text).toContain('Access was denied')
  expect(text).toContain('<small>test</small>')
  expectOAuthError(await poll(onCode.device_code), [400, 'access_denied'])

  const somebody = new OAuthBrowser()
  const confirmed = await press(somebody, await enter(onConsent.user_code, somebody))
  await somebody.follow(confirmed.headers.get('location') ?? '', { username: 'eve', consent: 'deny' })
  expectOAuthError(await poll(onConsent.device_code), [400, 'access_denied'])
})

test('a code for another resource than the device asks for stays good, and both are named', async () => {
  const device = await begin()
  await approveDevice(browser, device.user_code)
  const ask = (resource: string) => askToken(app, { grant_type: grant, device_code: device.device_code, resource })
  const refused = await ask(mpcResource)
  expectOAuthError(refused, [400, 'invalid_target'])
  expect(refused.body.error_description).toContain(apiUrl)
  expect(refused.body.error_description).toContain(mpcResource)
  expect((await ask(apiUrl)).status).toBe(200)
  expectOAuthError(await ask(apiUrl), [400, 'invalid_grant'])
})

test('a wrong code is told, and a form from another browser or page is refused', async () => {
  const device = await begin()
  expect(await enter('BCDF-GHJK')).toContain('No device shows this code')
  const { action, fields } = formIn(await (await browser.fetch('/device')).text())
  const form = { ...fields, user_code: device.user_code, confirm: 'yes' }
  const refused = [
    await submit(new OAuthBrowser(), action, form),
    await submit(browser, action, { ...form, xsrf: 'x' }),
    await submit(browser, action, { user_code: device.user_code, confirm: 'yes' }),
  ]
  expect(refused.map(({ status, headers }) => [status, headers.get('location')])).toEqual(Array(3).fill([400, null]))
  expectOAuthError(await poll(device.device_code), [400, 'authorization_pending'])
  // The page's own form goes on; and a device asks each time.
  const confirmed = await press(browser, await enter(device.user_code))
  expect([confirmed.status, confirmed.headers.get('location')]).toEqual([
    303,
    expect.stringMatching(/^\/interaction\//),
  ])
  await browser.follow(confirmed.headers.get('location') ?? '')
  expect((await poll(device.device_code)).status).toBe(200)
})

test('a form that came without a session is shown anew, and works then', async () => {
  const device = await begin()
  const somebody = new OAuthBrowser()
  const refused = await submit(somebody, '/device', { xsrf: 'x', user_code: device.user_code })
  expect(refused.status).toBe(400)
  const { action, fields } = formIn(await refused.text())
  const page = await (await submit(somebody, action, { ...fields, user_code: device.user_code })).text()
  expect(page).toContain('Is this your device?')
})

test('a device code is its own client’s, and only of clients that may have one', async () => {
  const device = await begin()
  const other = await newApp({ tenantId: app.tenantId, grants: ['authorization_code', 'refresh_token', grant] })
  expectOAuthError(await poll(device.device_code, other), [400, 'invalid_grant'])
  expectOAuthError(await poll(device.device_code), [400, 'authorization_pending'])
  const plain = await newApp({ tenantId: app.tenantId })
  const begun = await post('/oauth/device', { client_id: plain.clientId, scope: 'openid' })
  expect([begun.status, begun.body.error]).toEqual([400, 'invalid_request'])
  expectOAuthError(await poll(device.device_code, plain), [400, 'invalid_request'])
  expect((await newTokens(plain, browser)).token_type).toBe('Bearer')
})

test('whoever opens RFC 8628’s endpoint in a browser is led to the page, with the code', async () => {
  const { status, headers } = await browser.fetch('/oauth/device?user_code=BCDF-GHJK')
  expect([status, headers.get('location')]).toEqual([303, '/device?user_code=BCDF-GHJK'])
  const page = await send('GET', '/device?user_code=BCDF-GHJK')
  expect(page.status).toBe(200)
  expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
})

test.runIf(clockTurns)(
  'a code that nobody entered for ten minutes has expired, for the device and for its user',
  async () => {
    const device = await begin()
    expectOAuthError(await poll(device.device_code), [400, 'authorization_pending'])
    turnClock(601_000)
    expectOAuthError(await poll(device.device_code), [400, 'expired_token'])
    expect(await enter(device.user_code)).toMatch(/This code has expired|No device shows this code/)
  },
)

test.runIf(mount === 'in memory')(
  'whoever redeems a device code while another one does gets the tokens, however soon the other ends them',
  async () => {
    const device = await begin()
    await approveDevice(browser, device.user_code)
    const { consume } = RecordAdapter.prototype
    let late: Awaited<ReturnType<typeof poll>> | undefined
    const consuming = vi.spyOn(RecordAdapter.prototype, 'consume').mockImplementationOnce(async function (
      this: RecordAdapter,
      id,
    ) {
      await consume.call(this, id)
      // The same request again, from its beginning to its end, before this one goes on.
      late = await poll(device.device_code)
    })
    const first = await poll(device.device_code)
    consuming.mockRestore()
    expect(first.status).toBe(200)
    expectOAuthError(late as NonNullable<typeof late>, [400, 'invalid_grant'])
    // Used twice, it may have been stolen.
    expectOAuthError(await askToken(app, { grant_type: 'refresh_token', refresh_token: first.body.refresh_token }), [
      400,
      'invalid_grant',
    ])
  },
)
