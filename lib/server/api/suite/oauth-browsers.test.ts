import { beforeAll, expect, test } from 'vitest'
import type { AuthenticateBegun } from '#lib/contract/passkeys.ts'
import { type GetOverrides, SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { operator } from '../../caller.ts'
import { database } from '../../db/database.ts'
import { recordId } from '../../oauth/records.ts'
import { updateRelyingParty } from '../../tenants/relying-party-settings.ts'
import { attemptRegistration, type Tenant } from './ceremonies-harness.ts'
import { newConsole } from './console-harness.ts'
import { baseUrl, expectProblem, newTenant, send } from './harness.ts'
import { OAuthBrowser } from './oauth-harness.ts'
import { type App, authorizationUrl, callApi, newApp, newCode, newTokens } from './oauth-test-clients.ts'

// An interaction and a session belong to the browser that began them, and to whoever is signed in there.

let app: App
beforeAll(async () => {
  app = await newApp()
})

const json = { 'Content-Type': 'application/json' }

async function consents(): Promise<number> {
  return (await database()).oAuthConsent.count({ where: { clientId: app.clientId } })
}

/** Somebody who is signed in, and asked for their consent. */
async function asked(username: string) {
  const browser = new OAuthBrowser()
  await newCode(app, browser, {}, { username })
  const uid = await browser.arrive((await authorizationUrl(app, { prompt: 'consent' })).url)
  return { browser, uid }
}

test('who knows an interaction’s address does not have its cookie', async () => {
  const { browser, uid } = await asked('anna')
  const allow = (cookie: string) =>
    send('POST', `/interaction/${uid}/api/allow`, {
      headers: { ...json, Origin: baseUrl, Cookie: cookie },
      body: '{}',
    })
  const cookies = browser.cookies.filter(({ path }) => path === '/' || path.endsWith(uid))
  const without = (name: string) =>
    cookies.flatMap((cookie) => (cookie.name === name ? [] : `${cookie.name}=${cookie.value}`)).join('; ')
  const session = cookies.find(({ name, path }) => path === '/' && !name.endsWith('.sig'))?.name ?? ''
  for (const cookie of [
    `oauth_interaction=${uid}`,
    `oauth_interaction=${uid}; oauth_interaction.sig=${'A'.repeat(43)}`,
    without('oauth_interaction.sig'),
    without(session),
    without(`${session}.sig`),
  ]) {
    expectProblem(await allow(cookie), [404, 'interaction_unknown'])
  }
  expect((await allow(without(''))).status).toBe(200)
})

test('a question that was put to one user is not answered by the next', async () => {
  const { browser, uid } = await asked('berta')
  const other = await browser.arrive((await authorizationUrl(app, { prompt: 'consent' })).url)
  await browser.step(other, 'switch')
  const before = await consents()
  await expect(browser.step(uid, 'allow')).rejects.toMatchObject({ status: 404 })
  expect(await consents()).toBe(before)
  await newCode(app, browser, {}, { username: 'not-berta' })
  await expect(browser.step(uid, 'allow')).rejects.toMatchObject({ status: 404 })
})

test('a passkey is taken from this server’s own pages, and not from the tenant’s', async () => {
  const elsewhere = 'https://shop.example'
  const { tenantId, ...shop } = await newApp()
  await updateRelyingParty(tenantId, operator, { origins: [elsewhere, baseUrl] })
  const browser = new OAuthBrowser()
  const thief = new SoftwareAuthenticator({ origin: elsewhere })
  const signUp = async (authenticator: SoftwareAuthenticator, username: string) => {
    const uid = await browser.arrive((await authorizationUrl(shop, {})).url)
    const begun = await browser.step<never>(uid, 'sign-up/begin', { username })
    const { ceremonyId, publicKey } = begun as { ceremonyId: string; publicKey: never }
    return browser.step(uid, 'sign-up/finish', { ceremonyId, credential: authenticator.create(publicKey) })
  }
  await expect(signUp(thief, 'carla')).rejects.toMatchObject({
    status: 400,
    problem: { code: 'verification_failed' },
  })
  expect((await signUp(browser.authenticator, 'carla')).location).toMatch(/./)
})

/** What is kept of a browser's session. */
async function sessionOf(browser: OAuthBrowser) {
  const { value = '' } = browser.cookies.find(({ name, path }) => path === '/' && !name.endsWith('.sig')) ?? {}
  return (await database()).oAuthRecord.findUnique({ where: { id: recordId('Session', value) } })
}

async function signInAtAccount(by: OAuthBrowser, authenticator: SoftwareAuthenticator, get: GetOverrides = {}) {
  const begun = await by.fetch('/account/api/sign-in/begin', { method: 'POST' })
  const { ceremonyId, publicKey } = (await begun.json()) as AuthenticateBegun
  const body = JSON.stringify({ ceremonyId, credential: authenticator.get(publicKey, get) })
  return by.fetch('/account/api/sign-in/finish', { method: 'POST', headers: json, body })
}

test('at /account a user signs in whose tenant it is not told, and a member of the Console does not', async () => {
  const browser = new OAuthBrowser()
  await newCode(app, browser, {}, { username: 'dora' })
  const [elsewhere, nobody] = [new OAuthBrowser(), new OAuthBrowser()]
  expect((await signInAtAccount(elsewhere, browser.authenticator)).status).toBe(204)
  expect((await elsewhere.fetch(`/account/api/grants/${app.clientId}`, { method: 'DELETE' })).status).toBe(204)
  const { browser: member } = await newConsole()
  expect((await signInAtAccount(nobody, member.authenticator)).status).toBe(401)
  expect(nobody.cookies).toEqual([])
})

test('at /account the handle that was chosen for a passkey signs its user in, and nobody else', async () => {
  const [here, there] = [await newTenant(), await newTenant()]
  const registered = (tenant: Tenant, username: string, id?: string) =>
    attemptRegistration(tenant, {
      username,
      options: { authenticatorSelection: { residentKey: 'required' }, ...(id ? { user: { id } } : {}) },
    })
  const handleOf = (id: string) => Buffer.from(id).toString('base64url')
  const victim = await registered(there, 'ada')
  const passkeys: [tenant: Tenant, made: Awaited<ReturnType<typeof registered>>, userHandle: string][] = [
    [there, victim, handleOf(victim.user.id)],
    [here, await registered(here, 'bea', 'AQID'), 'AQID'],
    [there, await registered(there, 'cleo', 'AQID'), 'AQID'],
    [here, await registered(here, 'eve', handleOf(victim.user.id)), handleOf(victim.user.id)],
  ]
  for (const [tenant, { user, passkey }, userHandle] of passkeys) {
    const by = new OAuthBrowser()
    const { credentialId } = passkey
    expect((await signInAtAccount(by, tenant.authenticator, { credentialId, userHandle })).status).toBe(204)
    expect(await sessionOf(by)).toMatchObject({ userId: user.id, passkeyId: passkey.id })
  }
  const [, [, bea]] = passkeys as [unknown, (typeof passkeys)[number]]
  const before = await here.stored()
  for (const userHandle of [handleOf(bea.user.id), handleOf(victim.user.id), 'BAUG', null]) {
    const nobody = new OAuthBrowser()
    const get = { credentialId: bea.passkey.credentialId, userHandle }
    const answer = await signInAtAccount(nobody, here.authenticator, get)
    expect([answer.status, (await answer.json()).code]).toEqual([401, 'verification_failed'])
    expect(nobody.cookies).toEqual([])
  }
  expect(await here.stored()).toEqual(before)
})

test('one user who asks too much does not stop the others of an app', async () => {
  const [first, second] = [new OAuthBrowser(), new OAuthBrowser()]
  const busy = await newTokens(app, first, {}, { username: 'emma' })
  const quiet = await newTokens(app, second, {}, { username: 'frida' })
  const statuses = []
  for (let number = 0; number < 101; number++) statuses.push((await callApi(busy.access_token)).status)
  expect(statuses.filter((status) => status === 200)).toHaveLength(100)
  expectProblem(await callApi(busy.access_token), [429, 'rate_limited'])
  expect((await callApi(quiet.access_token)).status).toBe(200)
})

test('a session of nobody is kept for minutes, one of somebody for days', async () => {
  const browser = new OAuthBrowser()
  const minutesLeft = async () => (Number((await sessionOf(browser))?.expiresAt) - Date.now()) / 60_000
  await browser.fetch('/device')
  expect(await minutesLeft()).toBeLessThanOrEqual(15)
  await newCode(app, browser, {}, { username: 'greta' })
  expect(await minutesLeft()).toBeGreaterThan(13 * 24 * 60)
})
