import { beforeAll, expect, test } from 'vitest'
import type { ConsoleClient } from '#lib/sdk/console.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { createKey } from '../../keys/make-key.ts'
import { actFor } from '../../tenants/tenants.ts'
import { attemptRegistration, attemptSignIn, flipped } from './ceremonies-harness.ts'
import { newConsole } from './console-harness.ts'
import { baseUrl, clientOf, passkeyScopes, refusedWith, stored } from './harness.ts'
import { OAuthBrowser } from './oauth-harness.ts'
import { askToken, authorizationUrl, newApp, newCode, tokensIn } from './oauth-test-clients.ts'

// A tenant's users in the Console: what a member sees of them, ends and deletes.

type Console = Awaited<ReturnType<typeof newConsole>>

/** Somebody with a passkey in an environment of the member's tenant. */
async function someone({ tenant }: Console, environment: 'test' | 'live', username = 'ada') {
  const caller = await actFor(tenant.id, environment)
  const { secret } = await createKey(caller, { name: 'key', scopes: [...passkeyScopes, 'passkeys:manage'] })
  const party = { client: clientOf(secret), authenticator: new SoftwareAuthenticator({ origin: baseUrl }) }
  return { ...party, ...(await attemptRegistration(party, { username })) }
}

/** A user who is signed in at an app in two browsers, and whom the app can act for. */
async function atAnApp({ tenant }: Console) {
  const app = await newApp({ tenantId: tenant.id, name: 'Wallet' })
  const [browser, other] = [new OAuthBrowser(), new OAuthBrowser()]
  const ask = { scope: 'openid account:read' }
  const { refresh_token } = tokensIn(await askToken(app, await newCode(app, browser, ask, { username: 'grace' })))
  Object.assign(other, { authenticator: browser.authenticator })
  const uid = await other.arrive((await authorizationUrl(app)).url)
  await other.follow((await other.signIn(uid, 'grace')).location)
  const refresh = () => askToken(app, { grant_type: 'refresh_token', refresh_token })
  return { app, browser, other, refresh }
}

let home: Console
let stranger: Console
beforeAll(async () => {
  home = await newConsole({ confirms: true })
  stranger = await newConsole({ confirms: true })
})

test('users are listed with the passkeys that came last, and found by the beginning of their name', async () => {
  const ada = await someone(home, 'test')
  for (let more = 0; more < 3; more++) {
    await attemptRegistration({ client: ada.client, authenticator: new SoftwareAuthenticator({ origin: baseUrl }) })
  }
  await attemptRegistration(ada, { username: 'bob' })
  const all = (await ada.client.passkeys.list({ username: 'ada' })).data
  const { data, total, nextCursor } = await home.client.users.list({ environment: 'test' })
  expect([data.map(({ username }) => username), total, nextCursor]).toEqual([['bob', 'ada'], 2, null])
  expect(data[1]).toMatchObject({ passkeyCount: 4, apps: 0 })
  expect(data[1]?.passkeys).toEqual(
    all
      .slice(1)
      .reverse()
      .map(({ id, name, provider, deviceType }) => ({ id, name, provider, deviceType })),
  )
  const found = await home.client.users.list({ environment: 'test', username: 'ad' })
  expect([found.data.map(({ username }) => username), found.total]).toEqual([['ada'], 1])
  expect(await home.client.users.list({ environment: 'live' })).toEqual({ data: [], total: 0, nextCursor: null })
  expect((await stranger.client.users.list({ environment: 'test' })).data).toEqual([])
})

test('a user is shown with sessions, apps and sign-ins; each of those is ended by itself, and written down', async () => {
  const { app, browser, other, refresh } = await atAnApp(home)
  const { users } = home.client
  const [{ id = '' } = {}] = (await users.list({ environment: 'test', username: 'grace' })).data
  const grace = await users.read(id)
  expect(grace).toMatchObject({
    ...{ username: 'grace', environment: 'test', passkeyCount: 1 },
    apps: [{ clientId: app.clientId, name: 'Wallet', scopes: ['openid', 'account:read'] }],
  })
  expect(grace.sessions).toHaveLength(2)
  expect(grace.sessions[0]?.passkey).toBe(grace.passkeys[0]?.name)
  expect((await users.list({ environment: 'test', username: 'grace' })).data[0]?.apps).toBe(1)

  const [first, second] = grace.sessions ?? []
  for (const sessionId of [first?.id ?? '', second?.id ?? '']) {
    expect(await refusedWith(stranger.client.users.endSession(id, sessionId))).toEqual([404, 'not_found'])
  }
  await users.endSession(id, first?.id ?? '')
  expect(await refusedWith(users.endSession(id, first?.id ?? ''))).toEqual([404, 'not_found'])
  expect((await users.read(id)).sessions).toEqual([second])
  await users.endSessions(id)
  await users.endSessions(id)
  expect((await users.read(id)).sessions).toEqual([])
  for (const one of [browser, other]) {
    expect((await one.fetch(`/account/api/grants/${app.clientId}`, { method: 'DELETE' })).status).toBe(401)
  }

  // The app goes on until its rights are taken away.
  expect((await refresh()).status).toBe(200)
  expect(await refusedWith(stranger.client.users.revokeApp(id, app.clientId))).toEqual([404, 'not_found'])
  expect(await refusedWith(users.revokeApp(id, 'cli_00000000000000'))).toEqual([404, 'not_found'])
  await users.revokeApp(id, app.clientId)
  expect((await refresh()).status).toBe(400)
  expect(await refusedWith(users.revokeApp(id, app.clientId))).toEqual([404, 'not_found'])
  expect((await users.read(id)).apps).toEqual([])

  const { data } = await users.timeline(id)
  expect(data.slice(0, 3).map(({ action, actor }) => [action, actor.type])).toEqual([
    ['grant.revoked', 'member'],
    ['user.sessions_ended', 'member'],
    ['user.sessions_ended', 'member'],
  ])
  expect(data.every(({ user }) => user?.username === 'grace')).toBe(true)
})

test('sign-ins are counted, and those that were refused stand in the timeline with their reason', async () => {
  const { client, authenticator, user } = await someone(home, 'test', 'hedy')
  const party = { client, authenticator }
  for (let times = 0; times < 2; times++) await attemptSignIn(party, { username: 'hedy' })
  await refusedWith(attemptSignIn(party, { username: 'hedy', get: { signature: flipped } }))
  const read = () => home.client.users.read(user.id)
  await expect.poll(async () => (await read()).signIns).toEqual({ good: 2, refused: 1 })
  const { data } = await home.client.users.timeline(user.id)
  expect(data.map(({ action }) => action)).toEqual([
    ...['user.sign_in_refused', 'user.signed_in', 'user.signed_in', 'passkey.registered'],
  ])
  expect(data[0]?.after).toEqual({ reason: 'signature' })
})

test('a member renames and deletes a user’s passkeys, and no passkey of somebody else by that path', async () => {
  const [ada, eve] = [await someone(home, 'test', 'rename-ada'), await someone(home, 'test', 'rename-eve')]
  const { users } = home.client
  expect((await users.renamePasskey(ada.user.id, ada.passkey.id, 'Phone')).name).toBe('Phone')
  const before = await stored(home.tenant.id)
  for (const [client, userId, passkeyId] of [
    [users, eve.user.id, ada.passkey.id],
    [stranger.client.users, ada.user.id, ada.passkey.id],
  ] as [ConsoleClient['users'], string, string][]) {
    expect(await refusedWith(client.renamePasskey(userId, passkeyId, 'Mine'))).toEqual([404, 'not_found'])
    expect(await refusedWith(client.deletePasskey(userId, passkeyId))).toEqual([404, 'not_found'])
  }
  expect(await stored(home.tenant.id)).toEqual(before)
  await users.deletePasskey(ada.user.id, ada.passkey.id)
  // The user went with the last one.
  expect(await refusedWith(users.read(ada.user.id))).toEqual([404, 'not_found'])
})

test('a live user goes with a fresh assertion only; a test one without', async () => {
  const [live, test] = [await someone(home, 'live', 'goes'), await someone(home, 'test', 'goes')]
  const { client, browser } = home
  browser.confirms = false
  const before = await stored(home.tenant.id)
  const changes = [
    () => client.users.delete(live.user.id),
    () => client.users.endSessions(live.user.id),
    () => client.users.revokeApp(live.user.id, 'cli_00000000000000'),
    () => client.users.renamePasskey(live.user.id, live.passkey.id, 'Mine'),
    () => client.users.deletePasskey(live.user.id, live.passkey.id),
  ]
  for (const change of changes) expect(await refusedWith(change())).toEqual([403, 'confirmation_required'])
  expect(await stored(home.tenant.id)).toEqual(before)
  await client.users.delete(test.user.id)
  browser.confirms = true
  expect(await refusedWith(stranger.client.users.delete(live.user.id))).toEqual([404, 'not_found'])
  await client.users.delete(live.user.id)
  for (const { user } of [live, test]) {
    expect(await refusedWith(client.users.read(user.id))).toEqual([404, 'not_found'])
    expect(await refusedWith(client.users.delete(user.id))).toEqual([404, 'not_found'])
  }
  const { data } = await client.audit({ action: 'user.deleted', limit: 2 })
  expect(data.map(({ actor, environment, target }) => [actor.type, environment, target.name])).toEqual([
    ['member', 'live', 'goes'],
    ['member', 'test', 'goes'],
  ])
})
