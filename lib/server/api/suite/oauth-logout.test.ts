import * as client from 'openid-client'
import { beforeAll, describe, expect, test } from 'vitest'
import { baseUrl } from './harness.ts'
import { formIn, submit } from './oauth-forms.ts'
import { OAuthBrowser } from './oauth-harness.ts'
import {
  type App,
  askToken,
  authorizationUrl,
  callApi,
  expectErrorPage,
  newApp,
  newTokens,
  type Tokens,
} from './oauth-test-clients.ts'

const signedOut = 'https://app.example/signed-out'

let app: App
let browser: OAuthBrowser
let tokens: Tokens
beforeAll(async () => {
  app = await newApp({ postLogoutRedirectUris: [signedOut] })
  await signInAnew()
})

async function signInAnew(): Promise<void> {
  browser = new OAuthBrowser()
  tokens = await newTokens(app, browser, {}, { username: `ada-${crypto.randomUUID().slice(0, 8)}` })
}

/** What an app is told that asks for a sign-in without a page. */
async function silently(by = app): Promise<string | null> {
  const { url } = await authorizationUrl(by, { prompt: 'none' })
  const { searchParams } = await browser.authorize(url)
  return searchParams.get('error') ?? (searchParams.has('code') ? 'signed in' : null)
}

const logoutUrl = (params: Record<string, string>) =>
  client.buildEndSessionUrl(app.config, { id_token_hint: tokens.id_token, ...params }).href

describe('is refused, and signs nobody out', () => {
  test.each([
    ['another site', 'https://evil.example/'],
    ['a longer path', `${signedOut}/x`],
    ['a query', `${signedOut}?x`],
    ['another port', 'https://app.example:444/signed-out'],
    ['the redirect URI of sign-ins', 'https://app.example/callback'],
    ['a script', 'javascript:alert(1)'],
    ['a network path', '//evil.example/'],
  ])('an address that is not the app’s: %s', async (_name, post_logout_redirect_uri) => {
    await expectErrorPage(await browser.fetch(logoutUrl({ post_logout_redirect_uri })), 'invalid_request')
    expect(await silently()).toBe('signed in')
  })

  test('an address without an app that it could be of', async () => {
    const url = `/oauth/logout?${new URLSearchParams({ post_logout_redirect_uri: signedOut })}`
    const page = await browser.fetch(url)
    const text = await page.text()
    const { action, fields } = formIn(text)
    if (page.status === 200) {
      const done = await submit(browser, action, fields)
      expect(done.headers.get('location') ?? '').not.toContain('app.example')
    } else expect([page.status, page.headers.get('location')]).toEqual([400, null])
    expect(await silently()).toBe('signed in')
  })

  test('a form without its secret, from another browser or from no page', async () => {
    const page = await browser.fetch(logoutUrl({ post_logout_redirect_uri: signedOut }))
    const { action, fields } = formIn(await page.text())
    expect(action).toBe(`${baseUrl}/oauth/logout/confirm`)
    await expectErrorPage(await submit(browser, action, { logout: 'yes' }), 'invalid_request')
    expect(await silently()).toBe('signed in')
    await expectErrorPage(await submit(browser, action, { xsrf: 'x', logout: 'yes' }), 'invalid_request')
    await expectErrorPage(await submit(new OAuthBrowser(), action, { ...fields, logout: 'yes' }), 'invalid_request')
    expect(await silently()).toBe('signed in')
  })

  test('a hint that is no ID token of this server’s', async () => {
    const [header = '', , signature = ''] = tokens.id_token.split('.')
    const forged = Buffer.from(JSON.stringify({ iss: 'https://evil.example', sub: 'x', aud: app.clientId }))
    const hints = ['x', tokens.access_token, `${header}.${forged.toString('base64url')}.${signature}`]
    for (const id_token_hint of hints) {
      const page = await browser.fetch(logoutUrl({ id_token_hint, post_logout_redirect_uri: signedOut }))
      expect([page.status, page.headers.get('location')]).toEqual([400, null])
    }
    expect(await silently()).toBe('signed in')
  })
})

test('somebody is signed out after a question, and led back to the app', async () => {
  await signInAnew()
  expect(await silently()).toBe('signed in')
  const page = await browser.fetch(logoutUrl({ post_logout_redirect_uri: signedOut, state: 's1' }))
  expect([page.status, page.headers.get('location')]).toEqual([200, null])
  expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  expect(await silently()).toBe('signed in')
  const { action, fields } = formIn(await page.text())
  const done = await submit(browser, action, { ...fields, logout: 'yes' })
  expect(done.headers.get('location')).toBe(`${signedOut}?state=s1`)
  expect(await silently()).toBe('login_required')
  // Apps stay connected until somebody ends that.
  expect((await callApi(tokens.access_token)).status).toBe(200)
  const refreshed = await askToken(app, { grant_type: 'refresh_token', refresh_token: tokens.refresh_token })
  expect(refreshed.status).toBe(200)
})

test('whoever stays signed in is led back just so', async () => {
  await signInAnew()
  const page = await browser.fetch(logoutUrl({ post_logout_redirect_uri: signedOut }))
  const { action, fields } = formIn(await page.text())
  const done = await submit(browser, action, fields)
  expect(done.headers.get('location')).toBe(signedOut)
  expect(await silently()).toBe('signed in')
})

test('without an address to go to, a page says that it is done', async () => {
  await signInAnew()
  const page = await browser.fetch('/oauth/logout')
  const { action, fields } = formIn(await page.text())
  const done = await submit(browser, action, { ...fields, logout: 'yes' })
  const { page: last } = await browser.follow(done.headers.get('location') ?? '')
  expect(await last?.text()).toContain('You are signed out')
  expect(await silently()).toBe('login_required')
})
