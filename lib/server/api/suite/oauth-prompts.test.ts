import { beforeAll, expect, test } from 'vitest'
import { mpcResource } from '#lib/contract/oauth-resources.ts'
import { whyNotOffline } from '#lib/contract/oauth-scopes.ts'
import { readInteraction } from '../../oauth/interactions.ts'
import { baseUrl } from './harness.ts'
import { OAuthBrowser, type Person } from './oauth-harness.ts'
import {
  type App,
  apiUrl,
  askToken,
  authorizationUrl,
  claimsOf,
  clockTurns,
  newApp,
  newCode,
  turnClock,
} from './oauth-test-clients.ts'

// What an app may ask of a sign-in: which pages come, and how strong it is.

let app: App
let browser: OAuthBrowser
beforeAll(async () => {
  app = await newApp()
  browser = new OAuthBrowser()
  await newCode(app, browser)
})

/** What the page of an interaction is given. */
function view(by: OAuthBrowser, uid: string) {
  const mine = by.cookies.filter(({ path }) => path === '/' || path.endsWith(uid))
  return readInteraction(uid, { get: (name) => mine.find((cookie) => cookie.name === name) })
}

/** The pages that an authorization shows, and where it ends. */
async function go(changed: Record<string, string>, by = browser, of = app) {
  const { url, verifier } = await authorizationUrl(of, changed)
  const before = by.seen.length
  const { searchParams } = await by.authorize(url)
  return { searchParams, pages: by.seen.length - before, error: searchParams.get('error'), verifier }
}

/** The ID token of an authorization. */
async function idToken(changed: Record<string, string>, by = browser, person: Person = {}) {
  return claimsOf((await askToken(app, await newCode(app, by, changed, person))).body.id_token)
}

test('without a prompt whoever is signed in and allowed it before sees no page', async () => {
  expect(await go({})).toMatchObject({ pages: 0, error: null })
})

test('more than was allowed is asked for, and remembered together with the rest', async () => {
  const more = { scope: 'openid profile account:read' }
  const { url } = await authorizationUrl(app, more)
  const uid = await browser.arrive(url)
  const shown = await view(browser, uid)
  expect(shown).toMatchObject({ prompt: 'consent', user: { username: 'ada' }, returnsTo: { place: 'app.example' } })
  expect(shown?.scopes.filter(({ state }) => state !== 'allowed').map(({ scope }) => scope)).toEqual(['profile'])
  expect(shown?.scopes.every(({ words }) => /^[A-Z]/.test(words))).toBe(true)
  expect(await go(more)).toMatchObject({ pages: 1, error: null })
  expect(await go(more)).toMatchObject({ pages: 0, error: null })
  expect(await go({})).toMatchObject({ pages: 0, error: null })
})

test('what was allowed at one resource is new at another, and the page is told where', async () => {
  const { url } = await authorizationUrl(app, { scope: 'openid mpc:sign', resource: apiUrl })
  await browser.authorize(url)
  const shown = await view(browser, await browser.arrive(`${url}&resource=${mpcResource}`))
  expect(shown?.scopes.map(({ scope, at, state }) => [scope, at, state])).toEqual([
    ['openid', null, 'allowed'],
    ['mpc:sign', 'at the API', 'allowed'],
    ['mpc:sign', 'at the MPC server', 'needed'],
  ])
})

test('another app of the same tenant finds the sign-in, and asks for itself', async () => {
  const other = await newApp({ tenantId: app.tenantId })
  const { url } = await authorizationUrl(other)
  expect(await view(browser, await browser.arrive(url))).toMatchObject({ prompt: 'consent', user: { username: 'ada' } })
})

test('prompt=login asks for the passkey again, prompt=consent for the permission', async () => {
  const before = await idToken({})
  for (const [prompt, asked] of [
    ['login', 'login'],
    ['consent', 'consent'],
  ] as const) {
    const { url } = await authorizationUrl(app, { prompt })
    expect(await view(browser, await browser.arrive(url))).toMatchObject({ prompt: asked })
    expect(await go({ prompt })).toMatchObject({ pages: 1, error: null })
  }
  expect((await go({ prompt: 'login consent' })).pages).toBe(2)
  expect((await idToken({ prompt: 'login' })).auth_time).toBeGreaterThanOrEqual(before.auth_time as number)
})

test('prompt=none shows no page, and says why it would have to', async () => {
  expect(await go({ prompt: 'none' })).toMatchObject({ pages: 0, error: null })
  const stranger = await go({ prompt: 'none', state: 's1' }, new OAuthBrowser())
  expect(stranger).toMatchObject({ pages: 0, error: 'login_required' })
  expect([stranger.searchParams.get('iss'), stranger.searchParams.get('state')]).toEqual([baseUrl, 's1'])
  expect(stranger.searchParams.has('code')).toBe(false)
  expect(await go({ prompt: 'none', scope: 'openid usage:read', resource: apiUrl })).toMatchObject({
    pages: 0,
    error: 'consent_required',
  })
  expect(await go({ prompt: 'none login' })).toMatchObject({ pages: 0, error: 'invalid_request' })
})

test('somebody of another tenant or environment is nobody here', async () => {
  const elsewhere = [await newApp(), await newApp({ tenantId: app.tenantId, environment: 'live' })]
  for (const of of elsewhere) {
    // To the letter what a browser is told in which nobody is signed in.
    for (const more of [{}, { max_age: '0' }, { max_age: '60' }, { acr_values: 'phrh' }]) {
      const asked = { prompt: 'none', ...(more as Record<string, string>) }
      const [here, nowhere] = [await go(asked, browser, of), await go(asked, new OAuthBrowser(), of)]
      expect(here.error).toBe('login_required')
      expect([...here.searchParams]).toEqual([...nowhere.searchParams])
    }
    const { url } = await authorizationUrl(of)
    expect(await view(browser, await browser.arrive(url))).toMatchObject({ prompt: 'login', user: null })
  }
  expect((await go({ prompt: 'none' })).error).toBe(null)
})

test('max_age=0 asks again; a longer one asks when it is over', async () => {
  expect((await go({ max_age: '0' })).pages).toBe(1)
  expect((await go({ max_age: '3600' })).pages).toBe(0)
  expect((await idToken({ max_age: '3600' })).auth_time).toEqual(expect.any(Number))
  if (!clockTurns) return
  turnClock(3_601_000)
  expect((await go({ max_age: '3600', prompt: 'none' })).error).toBe('login_required')
  expect((await go({ max_age: '3600' })).pages).toBe(1)
  expect((await go({ max_age: '3600' })).pages).toBe(0)
})

test('a login_hint asks for its user, where another is signed in', async () => {
  const somebody = new OAuthBrowser()
  await newCode(app, somebody, {}, { username: 'bea' })
  const silently = async (login_hint: string) =>
    (await somebody.authorize((await authorizationUrl(app, { prompt: 'none', login_hint })).url)).searchParams
  expect((await silently('bob')).get('error')).toBe('login_required')
  expect((await silently('bea')).has('code')).toBe(true)
  const { url } = await authorizationUrl(app, { login_hint: 'bob' })
  const back = await somebody.authorize(url, { username: 'bob' })
  expect(back.searchParams.has('code')).toBe(true)
  expect((await silently('bob')).has('code')).toBe(true)
})

test('a login_hint reaches the sign-in page, and no more of it than a name can be', async () => {
  const { url } = await authorizationUrl(app, { login_hint: 'ada@example.org' })
  const somebody = new OAuthBrowser()
  const shown = await view(somebody, await somebody.arrive(url))
  expect(shown).toMatchObject({ prompt: 'login', loginHint: 'ada@example.org', user: null, signUp: true })
  const long = await authorizationUrl(app, { login_hint: '<script>'.repeat(100) })
  expect((await view(somebody, await somebody.arrive(long.url)))?.loginHint).toHaveLength(64)
  const longest = `a${'🙂'.repeat(63)}`
  const { url: ofLongest } = await authorizationUrl(app, { login_hint: `${longest}🙂` })
  expect((await view(somebody, await somebody.arrive(ofLongest)))?.loginHint).toBe(longest)
})

test('a login_hint names the same user in whichever form of Unicode an app writes it', async () => {
  const somebody = new OAuthBrowser()
  await newCode(app, somebody, {}, { username: 'zoë' })
  const silently = async (login_hint: string) =>
    (await somebody.authorize((await authorizationUrl(app, { prompt: 'none', login_hint })).url)).searchParams
  expect((await silently('zoë'.normalize('NFD'))).has('code')).toBe(true)
  expect((await silently('zoe')).get('error')).toBe('login_required')
})

test('the app learns how strong a sign-in was, by the name that it asked for', async () => {
  const hardware = await idToken({ prompt: 'login' })
  expect(hardware).toMatchObject({ acr: 'phrh', amr: ['pop', 'hwk', 'user', 'mfa'] })
  expect((await idToken({ acr_values: 'phr', prompt: 'login' })).acr).toBe('phr')
  expect((await idToken({ acr_values: 'phrh phr', prompt: 'login' })).acr).toBe('phrh')
  expect((await idToken({ acr_values: 'unheard-of', prompt: 'login' })).acr).toBe('phrh')
})

test('how strong it was is said of each request by the name that it asks for, whatever the sign-in was asked for', async () => {
  const somebody = new OAuthBrowser()
  const signIn = await idToken({ acr_values: 'phr' }, somebody, { username: 'fay' })
  expect(signIn.acr).toBe('phr')
  const pages = somebody.seen.length
  for (const [acr_values, acr] of [
    ['phrh', 'phrh'],
    ['phr', 'phr'],
    ['phr phrh', 'phr'],
    ['unheard-of', 'phrh'],
  ] as const) {
    expect((await idToken({ acr_values }, somebody)).acr).toBe(acr)
    expect((await idToken({ acr_values, prompt: 'none' }, somebody)).auth_time).toBe(signIn.auth_time)
  }
  expect(somebody.seen).toHaveLength(pages)
})

test('a sign-in that is weaker than what is asked for is not taken, and asked for again', async () => {
  const synced = new OAuthBrowser()
  Object.assign(synced.authenticator.settings, { backupEligible: true, backedUp: true })
  const person = { username: 'eve' }
  const weak = claimsOf((await askToken(app, await newCode(app, synced, {}, person))).body.id_token)
  expect(weak).toMatchObject({ acr: 'phr', amr: ['pop', 'swk', 'user', 'mfa'] })
  expect(await go({ prompt: 'none', acr_values: 'phr' }, synced)).toMatchObject({ pages: 0, error: null })
  expect(await go({ prompt: 'none', acr_values: 'phrh' }, synced)).toMatchObject({ pages: 0, error: 'login_required' })
  const { url } = await authorizationUrl(app, { acr_values: 'phrh' })
  expect(await view(synced, await synced.arrive(url))).toMatchObject({ prompt: 'login' })
  expect(await go({ prompt: 'none', acr_values: 'phrh' })).toMatchObject({ pages: 0, error: null })
})

test('offline_access is left out of a request without prompt=consent, and of every request of a client that may not refresh', async () => {
  const scope = 'openid offline_access usage:read'
  for (const grants of [['authorization_code', 'refresh_token'], ['authorization_code']] as const) {
    const of = await newApp({ tenantId: app.tenantId, grants: [...grants] })
    for (const prompt of [undefined, 'login', 'consent', 'login consent']) {
      const by = new OAuthBrowser()
      const { url } = await authorizationUrl(of, { scope, ...(prompt ? { prompt } : {}) })
      const { scopes } = (await view(by, await by.arrive(url))) ?? {}
      const kept = scopes?.some((each) => each.scope === 'offline_access')
      expect(kept, `${grants} ${prompt}`).toBe(whyNotOffline(grants, prompt) === undefined)
    }
  }
})
