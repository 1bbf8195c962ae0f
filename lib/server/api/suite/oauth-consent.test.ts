import { beforeAll, describe, expect, test } from 'vitest'
import { mpcResource } from '#lib/contract/oauth-resources.ts'
import { database } from '../../db/database.ts'
import { baseUrl, expectProblem, send } from './harness.ts'
import { InteractionRefused, OAuthBrowser } from './oauth-harness.ts'
import {
  type App,
  apiUrl,
  askToken,
  authorizationUrl,
  callApi,
  claimsOf,
  expectOAuthError,
  newApp,
  newCode,
  newTokens,
  redirectUri,
  within5s,
} from './oauth-test-clients.ts'

// RFC 9700 §4.7, §4.16: nobody allows anything in somebody else's name.

let app: App
let browser: OAuthBrowser
let userId: string
beforeAll(async () => {
  app = await newApp()
  browser = new OAuthBrowser()
  const tokens = await newTokens(app, browser)
  userId = String(claimsOf(tokens.id_token).sub)
})

/** What users allowed apps of the tenant, to show that a refusal granted nothing; when an app was used is noted by and by. */
async function granted() {
  const where = { clientId: app.clientId }
  const db = await database()
  const [consents, records] = await Promise.all([
    db.oAuthConsent.findMany({ where, orderBy: { userId: 'asc' }, omit: { lastUsedAt: true } }),
    db.oAuthRecord.count({ where: { ...where, kind: { in: ['Grant', 'AuthorizationCode'] } } }),
  ])
  return { consents, records }
}

/** An interaction that waits for an answer to its question. */
async function asked(by = browser) {
  const { url } = await authorizationUrl(app, { prompt: 'consent' })
  return by.arrive(url)
}

const cookiesFor = (by: OAuthBrowser, uid: string) =>
  by.cookies
    .filter(({ path }) => path === '/' || path.endsWith(uid))
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ')

/** A step as anybody could send it. */
function forge(uid: string, step: string, headers: Record<string, string>) {
  const type = { 'Content-Type': 'application/json' }
  return send('POST', `/interaction/${uid}/api/${step}`, { headers: { ...type, ...headers }, body: '{}' })
}

describe.each(['allow', 'deny', 'switch'])('the step %s, forged,', (step) => {
  test.each([
    ['another site', 'https://evil.example'],
    ['the app itself', 'https://app.example'],
    ['a site below', baseUrl.replace('//', '//evil.')],
    ['nowhere', 'null'],
    ['another port', 'http://localhost:1'],
    ['what begins like this server', `${baseUrl}.evil.example`],
    ['nobody says where', undefined],
  ])('is refused from %s', async (_name, origin) => {
    const uid = await asked()
    const before = await granted()
    const headers = { Cookie: cookiesFor(browser, uid), ...(origin ? { Origin: origin } : {}) }
    expectProblem(await forge(uid, step, headers), [403, 'origin_not_allowed'])
    expect(await granted()).toEqual(before)
    // The interaction waits on, and this browser is still somebody.
    expect((await browser.step(uid, 'deny')).location).toContain(uid)
  })

  test('is refused without the cookie, with another browser’s, and for another one’s page', async () => {
    const somebody = new OAuthBrowser()
    const [mine, theirs] = [await asked(), await asked(somebody)]
    const before = await granted()
    const { Origin = '' } = browser.headers
    const [my, their] = [cookiesFor(browser, mine), cookiesFor(somebody, theirs)]
    for (const cookie of ['', their, my.replaceAll(mine, theirs), 'oauth_interaction=', `oauth_interaction=${mine}x`]) {
      expectProblem(await forge(mine, step, { Origin, Cookie: cookie }), [404, 'interaction_unknown'])
    }
    expectProblem(await forge(theirs, step, { Origin, Cookie: my }), [404, 'interaction_unknown'])
    expectProblem(await forge('nobody', step, { Origin, Cookie: 'oauth_interaction=nobody' }), [
      404,
      'interaction_unknown',
    ])
    expect(await granted()).toEqual(before)
    expect((await browser.step(mine, 'deny')).location).toContain(mine)
  })
})

test('who knows the address of an allowed interaction cannot go on with it', async () => {
  const uid = await asked()
  const { location } = await browser.step(uid, 'allow')
  for (const by of [new OAuthBrowser(), await signedIn('eve')]) {
    const response = await by.fetch(location)
    expect([response.status, response.headers.get('location')]).toEqual([400, null])
  }
  const { address } = await browser.follow(location)
  expect(address.searchParams.has('code')).toBe(true)
})

async function signedIn(username: string): Promise<OAuthBrowser> {
  const other = new OAuthBrowser()
  await newCode(app, other, {}, { username })
  return other
}

test('a session that somebody else began is not the one that a sign-in goes on with', async () => {
  const somebody = new OAuthBrowser()
  const session = () => somebody.cookies.find(({ name, path }) => path === '/' && /oauth$/.test(name))?.value
  await somebody.fetch('/device')
  const planted = session()
  expect(planted).toMatch(/./)
  await newCode(app, somebody, {}, { username: 'hedy' })
  expect(session()).toMatch(/./)
  expect(session()).not.toBe(planted)
  const attacker = new OAuthBrowser()
  attacker.headers = { ...attacker.headers, Cookie: `oauth=${planted}` }
  const silent = await attacker.authorize((await authorizationUrl(app, { prompt: 'none' })).url)
  expect(silent.searchParams.get('error')).toBe('login_required')
})

test('a sign-in page takes no consent, and a consent page no sign-in', async () => {
  const somebody = new OAuthBrowser()
  const uid = await asked(somebody)
  const refused = (step: string, by: OAuthBrowser, id: string) =>
    expect(by.step(id, step)).rejects.toMatchObject({ status: 404, problem: { code: 'interaction_unknown' } })
  await refused('allow', somebody, uid)
  await refused('switch', somebody, uid)
  const waiting = await asked()
  await expect(browser.signIn(waiting)).rejects.toBeInstanceOf(InteractionRefused)
  expect((await browser.step(waiting, 'deny')).location).toContain(waiting)
})

test('whoever wants to be somebody else is asked for a passkey, and is nobody until then', async () => {
  const somebody = await signedIn('mary')
  const { url } = await authorizationUrl(app, { prompt: 'consent' })
  const uid = await somebody.arrive(url)
  const silently = async () =>
    (await somebody.authorize((await authorizationUrl(app, { prompt: 'none' })).url)).searchParams
  expect((await silently()).has('code')).toBe(true)
  const { location } = await somebody.step(uid, 'switch')
  const next = await somebody.arrive(location)
  expect((await silently()).get('error')).toBe('login_required')
  await expect(somebody.step(next, 'allow')).rejects.toMatchObject({ status: 404 })
  const { address } = await somebody.follow((await somebody.signUp(next, 'not-mary')).location, {
    username: 'not-mary',
  })
  expect(address.searchParams.has('code')).toBe(true)
})

test('whoever denies gives nothing, and is asked again the next time', async () => {
  const other = await newApp({ tenantId: app.tenantId })
  const { url } = await authorizationUrl(other, { state: 's1' })
  const back = await browser.authorize(url, { consent: 'deny' })
  expect([back.searchParams.get('error'), back.searchParams.get('state')]).toEqual(['access_denied', 's1'])
  const silent = await browser.authorize((await authorizationUrl(other, { prompt: 'none' })).url)
  expect(silent.searchParams.get('error')).toBe('consent_required')
  expect((await newTokens(other, browser)).access_token).toMatch(/./)
})

test('what a user takes back ends within 5 s, and the next time they are asked', async () => {
  const other = await newApp({ tenantId: app.tenantId })
  const [tokens, kept] = [await newTokens(other, browser), await newTokens(app, browser)]
  const revoke = (by: OAuthBrowser, headers = by.headers) => {
    const sender = new OAuthBrowser()
    const cookie = cookiesFor(by, '-')
    sender.headers = { ...headers, ...(cookie ? { Cookie: cookie } : {}) }
    return sender.fetch(`/account/api/grants/${other.clientId}`, { method: 'DELETE' })
  }
  expect((await callApi(tokens.access_token)).status).toBe(200)
  expect((await revoke(browser, { Origin: 'https://evil.example' })).status).toBe(403)
  expect((await revoke(new OAuthBrowser())).status).toBe(401)
  expect((await revoke(await signedIn('mallory'))).status).toBe(404)
  const refresh = () => askToken(other, { grant_type: 'refresh_token', refresh_token: tokens.refresh_token })
  const next = await refresh()
  expect(next.status).toBe(200)
  expect((await revoke(browser)).status).toBe(204)
  tokens.refresh_token = next.body.refresh_token
  expectOAuthError(await refresh(), [400, 'invalid_grant'])
  const silent = await browser.authorize((await authorizationUrl(other, { prompt: 'none' })).url)
  expect(silent.searchParams.get('error')).toBe('consent_required')
  await within5s(async () => expectProblem(await callApi(tokens.access_token), [401, 'token_invalid']))
  expect((await callApi(kept.access_token)).status).toBe(200)
  expect(userId).toBe(claimsOf(kept.id_token).sub)
})

test('what is allowed at one resource is asked for anew at another, and then remembered for both', async () => {
  const other = await newApp({ tenantId: app.tenantId })
  const somebody = await signedIn('grace')
  const go = async (resource: string, scope = 'openid mpc:sign') => {
    const before = somebody.seen.length
    const { url } = await authorizationUrl(other, { scope, resource })
    const { searchParams } = await somebody.authorize(url)
    return [somebody.seen.length - before, searchParams.has('code')]
  }
  expect(await go(apiUrl)).toEqual([1, true])
  expect(await go(apiUrl)).toEqual([0, true])
  const { url } = await authorizationUrl(other, { scope: 'openid mpc:sign', resource: mpcResource, prompt: 'none' })
  expect((await somebody.authorize(url)).searchParams.get('error')).toBe('consent_required')
  expect(await go(mpcResource)).toEqual([1, true])
  for (const resource of [apiUrl, mpcResource]) expect(await go(resource)).toEqual([0, true])
  // At the one, another scope; at the other, nothing of it.
  expect(await go(apiUrl, 'openid account:read')).toEqual([1, true])
  expect(await go(mpcResource)).toEqual([0, true])
  const rows = await (await database()).oAuthConsent.findMany({ where: { clientId: other.clientId } })
  expect(Object.fromEntries(rows.map(({ resource, scopes }) => [resource, scopes]))).toEqual({
    '': 'openid',
    [apiUrl]: 'mpc:sign account:read',
    [mpcResource]: 'mpc:sign',
  })
  const revoked = await somebody.fetch(`/account/api/grants/${other.clientId}`, { method: 'DELETE' })
  expect(revoked.status).toBe(204)
  for (const resource of [apiUrl, mpcResource]) expect(await go(resource)).toEqual([1, true])
})

// RFC 8252 §8.6: any app on a device can take a private-use scheme for its own.
test('an answer that goes to a private-use scheme is asked for each time, one to a web address once', async () => {
  const own = 'com.example.app:/callback'
  const both = await newApp({ tenantId: app.tenantId, redirectUris: [redirectUri, own] })
  const go = async (redirect_uri: string, more: Record<string, string> = {}) => {
    const { url } = await authorizationUrl(both, { redirect_uri, ...more })
    const before = browser.seen.length
    const { searchParams } = await browser.authorize(url)
    return [browser.seen.length - before, searchParams.get('error')]
  }
  expect(await go(redirectUri)).toEqual([1, null])
  expect(await go(redirectUri)).toEqual([0, null])
  expect(await go(redirectUri, { prompt: 'none' })).toEqual([0, null])
  for (const _ of [1, 2]) expect(await go(own)).toEqual([1, null])
  expect(await go(own, { prompt: 'none' })).toEqual([0, 'interaction_required'])
  expect(await go(redirectUri)).toEqual([0, null])
})
