import { beforeEach, describe, expect, test } from 'vitest'
import type { AuthenticateBegun, RegisterBegun } from '#lib/contract/passkeys.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { readAccount } from '../../oauth/account.ts'
import { baseUrl, expectProblem } from './harness.ts'
import { OAuthBrowser } from './oauth-harness.ts'
import { type App, callApi, clockTurns, newApp, newCode, newTokens, turnClock } from './oauth-test-clients.ts'

// A user's own page, as their browser asks for what it shows and changes.

let app: App
let browser: OAuthBrowser
beforeEach(async () => {
  app = await newApp()
  browser = new OAuthBrowser()
  browser.headers = { ...browser.headers, 'User-Agent': 'Firefox/140.0 (Windows NT 10.0)' }
  await newCode(app, browser)
})

/** The page as it is shown in a browser; null where nobody is signed in. */
function page(by = browser) {
  return readAccount({ get: (name) => by.cookies.find((cookie) => cookie.name === name && cookie.path === '/') })
}

async function call(path: string, body?: unknown, { by = browser, method = 'POST' } = {}) {
  const json = { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
  const response = await by.fetch(`/account/api${path}`, { method, ...(body === undefined ? {} : json) })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, body: text ? JSON.parse(text) : undefined }
}

/** An assertion by the browser's passkey that was asked for one change. */
async function confirmed(change: unknown, by = browser) {
  const { ceremonyId, publicKey } = (await call('/confirm', { for: change }, { by })).body as AuthenticateBegun
  return { ceremonyId, credential: by.authenticator.get(publicKey) }
}

/** Adds a passkey that another authenticator holds. */
async function add() {
  const { ceremonyId, publicKey } = (await call('/passkeys/begin', await confirmed('add'))).body as RegisterBegun
  const other = new SoftwareAuthenticator({ origin: baseUrl })
  expect((await call('/passkeys/finish', { ceremonyId, credential: other.create(publicKey) })).status).toBe(204)
  return other
}

describe('passkeys', () => {
  test('one is added with a fresh assertion, renamed, and deleted with another', async () => {
    expect((await page())?.passkeys).toMatchObject([{ current: true }])
    await add()
    const [first, second] = (await page())?.passkeys ?? []
    expect(second).toMatchObject({ current: false, lastUsedAt: null })
    const path = `/passkeys/${second?.id}`
    expect((await call(path, { name: 'Key ring' }, { method: 'PATCH' })).status).toBe(204)
    expect((await page())?.passkeys[1]?.name).toBe('Key ring')
    expect((await call(`${path}/delete`, await confirmed({ delete: second?.id }))).status).toBe(204)
    expect((await page())?.passkeys.map(({ id }) => id)).toEqual([first?.id])
  })

  test('an assertion is good for what it was asked for, once, and in no other session', async () => {
    await add()
    const [first, second] = (await page())?.passkeys ?? []
    const forOther = await confirmed({ delete: first?.id })
    expectProblem(await call('/passkeys/begin', forOther), [400, 'ceremony_unknown'])
    expectProblem(await call(`/passkeys/${second?.id}/delete`, await confirmed('add')), [400, 'ceremony_unknown'])
    const once = await confirmed('add')
    expect((await call('/passkeys/begin', once)).status).toBe(200)
    expectProblem(await call('/passkeys/begin', once), [400, 'ceremony_unknown'])
    const again = new OAuthBrowser()
    const begun = (await call('/sign-in/begin', {})).body as AuthenticateBegun
    const signIn = { ceremonyId: begun.ceremonyId, credential: browser.authenticator.get(begun.publicKey) }
    expectProblem(await call('/passkeys/begin', signIn), [400, 'ceremony_unknown'])
    expectProblem(await call('/passkeys/begin', await confirmed('add'), { by: again }), [401, 'session_required'])
    expect((await page())?.passkeys).toHaveLength(2)
  })

  test('nobody deletes the last one, or another’s', async () => {
    const [only] = (await page())?.passkeys ?? []
    const refused = await call(`/passkeys/${only?.id}/delete`, await confirmed({ delete: only?.id }))
    expectProblem(refused, [400, 'invalid_request'])
    const eve = new OAuthBrowser()
    await newCode(app, eve, {}, { username: 'eve' })
    const theirs = await confirmed({ delete: only?.id }, eve)
    expectProblem(await call(`/passkeys/${only?.id}/delete`, theirs, { by: eve }), [404, 'not_found'])
    const rename = await call(`/passkeys/${only?.id}`, { name: 'Mine' }, { by: eve, method: 'PATCH' })
    expectProblem(rename, [404, 'not_found'])
    const begun = (await call('/confirm', { for: 'add' })).body as AuthenticateBegun
    const swapped = {
      ceremonyId: begun.ceremonyId,
      credential: eve.authenticator.get({ ...begun.publicKey, allowCredentials: [] }),
    }
    expectProblem(await call('/passkeys/begin', swapped, { by: eve }), [400, 'ceremony_unknown'])
    expect((await page())?.passkeys.map(({ name }) => name)).toEqual([only?.name])
  })

  test('one that goes takes with it the browsers that it signed in', async () => {
    const other = await add()
    const [first] = (await page())?.passkeys ?? []
    const elsewhere = new OAuthBrowser()
    Object.assign(elsewhere, { authenticator: other })
    await signIn(elsewhere)
    expect(await page(elsewhere)).not.toBeNull()
    expect((await call(`/passkeys/${first?.id}/delete`, await confirmed({ delete: first?.id }))).status).toBe(204)
    expect(await page()).toBeNull()
    expect((await page(elsewhere))?.passkeys).toMatchObject([{ current: true }])
  })
})

/** Signs a browser in on the account's page. */
async function signIn(by: OAuthBrowser) {
  const { ceremonyId, publicKey } = (await call('/sign-in/begin', {}, { by })).body as AuthenticateBegun
  const credential = by.authenticator.get(publicKey)
  expect((await call('/sign-in/finish', { ceremonyId, credential }, { by })).status).toBe(204)
}

describe('sessions', () => {
  test('each is told with its browser and since when, and one that is ended is out', async () => {
    const elsewhere = new OAuthBrowser()
    Object.assign(elsewhere, { authenticator: browser.authenticator })
    elsewhere.headers = { ...elsewhere.headers, 'User-Agent': 'Safari/605' }
    await signIn(elsewhere)
    const sessions = (await page())?.sessions ?? []
    const agents = sessions.map(({ userAgent, current }) => [userAgent, current]).sort()
    expect(agents).toEqual([
      ['Firefox/140.0 (Windows NT 10.0)', true],
      ['Safari/605', false],
    ])
    expect(sessions.every(({ signedInAt }) => Date.now() - Date.parse(signedInAt ?? '') < 60_000)).toBe(true)
    const other = sessions.find(({ current }) => !current)?.id
    const eve = new OAuthBrowser()
    await newCode(app, eve, {}, { username: 'eve' })
    expectProblem(await call(`/sessions/${other}`, undefined, { by: eve, method: 'DELETE' }), [404, 'not_found'])
    expect(await page(elsewhere)).not.toBeNull()
    expect((await call(`/sessions/${other}`, undefined, { method: 'DELETE' })).status).toBe(204)
    expect([await page(elsewhere), (await page())?.sessions.length]).toEqual([null, 1])
    expectProblem(await call(`/sessions/${other}`, undefined, { method: 'DELETE' }), [404, 'not_found'])
  })
})

test.runIf(clockTurns)('an app’s last use is known to within a minute', async () => {
  const tokens = await newTokens(app, browser)
  const used = async () => Date.parse((await page())?.grants[0]?.lastUsedAt ?? '')
  await expect.poll(used).toBeGreaterThan(0)
  const first = await used()
  turnClock(120_000)
  expect((await callApi(tokens.access_token)).status).toBe(200)
  await expect.poll(used).toBeGreaterThan(first + 100_000)
})

test('changes are taken from this server’s own pages alone, and of who is signed in', async () => {
  const [only] = (await page())?.passkeys ?? []
  const elsewhere = new OAuthBrowser()
  const paths = [
    ['POST', '/confirm', { for: 'add' }],
    ['PATCH', `/passkeys/${only?.id}`, { name: 'x' }],
    ['DELETE', `/sessions/${(await page())?.sessions[0]?.id}`, undefined],
  ] as const
  for (const [method, path, body] of paths) {
    expectProblem(await call(path, body, { by: elsewhere, method }), [401, 'session_required'])
    browser.headers = { ...browser.headers, Origin: 'https://evil.example' }
    expectProblem(await call(path, body, { method }), [403, 'origin_not_allowed'])
    browser.headers = { ...browser.headers, Origin: baseUrl }
  }
  expect((await page())?.sessions).toHaveLength(1)
})
