import { setTimeout as elapse } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { decideTopUp } from '../../account/top-ups.ts'
import { operator } from '../../caller.ts'
import { deleteClient } from '../../clients/clients.ts'
import { invite } from '../../console/invitations.ts'
import { database } from '../../db/database.ts'
import { addConsent } from '../../oauth/store.ts'
import { actFor } from '../../tenants/tenants.ts'
import { moneyedTenant } from './account-harness.ts'
import { asOwner, Browser, newConsole } from './console-harness.ts'
import { refusedWith } from './harness.ts'
import { managedTenant } from './keys-harness.ts'
import { askToken, callApi, newService } from './oauth-test-clients.ts'

// What is decided once, asked at once: on PostgreSQL transactions run beside each other. In either order the outcome is one
// that could have come of them one after the other, and nobody is answered with a fault.

const times = (many: number) => Array.from({ length: many }, (_, at) => at)

/** How calls ended that were made at once: what they gave, or the code that they were refused with. */
async function outcomesOf<Result>(calls: Promise<Result>[]): Promise<(Result | string)[]> {
  return Promise.all(calls.map((call) => call.catch(({ code, message }) => String(code ?? message))))
}

/** A tenant with two members who are owners, both signed in. */
async function twoOwners() {
  const { tenant, browser } = await newConsole({ confirms: true })
  const other = new Browser()
  other.confirms = true
  await other.join((await invite(tenant.id, operator, asOwner)).link, 'Bob')
  const { members } = await browser.client.members.list()
  const [ada, bob] = ['Ada', 'Bob'].map((name) => members.find((member) => member.name === name)?.id ?? '')
  const owners = async () => (await database()).member.count({ where: { tenantId: tenant.id, role: 'owner' } })
  return { tenant, owners, ada: { id: ada ?? '', browser }, bob: { id: bob ?? '', browser: other } }
}

/** The same person in another browser. */
async function another(of: Browser): Promise<Browser> {
  const browser = Object.assign(new Browser(), { authenticator: of.authenticator, confirms: true })
  await browser.signIn()
  return browser
}

test('of two owners who remove each other at once, or who both step down, one stays', async () => {
  for (const _ of times(3)) {
    const { ada, bob, owners } = await twoOwners()
    const removed = [ada.browser.client.members.remove(bob.id), bob.browser.client.members.remove(ada.id)]
    expect((await outcomesOf(removed)).filter((outcome) => outcome === undefined)).toHaveLength(1)
    expect(await owners()).toBe(1)
  }
  for (const _ of times(3)) {
    const { ada, bob, owners } = await twoOwners()
    const down = [ada, bob].map(({ id, browser }) => browser.client.members.changeRole(id, 'viewer'))
    expect((await outcomesOf(down)).sort()).toEqual(['invalid_request', undefined])
    expect(await owners()).toBe(1)
  }
})

test('whoever accepts two invitations to one tenant at once is a member once, and the other one is still good', async () => {
  const { tenant, client } = await newConsole({ confirms: true })
  const { browser } = await newConsole()
  // What is counted is to come in its order, and here it comes at once.
  browser.authenticator.settings.counts = false
  const browsers = [await another(browser), await another(browser), await another(browser), await another(browser)]
  const joined = await outcomesOf(
    browsers.map(async (each) => each.joinToo((await invite(tenant.id, operator, asOwner)).link, 'Grace')),
  )
  expect(joined.map((outcome) => (typeof outcome === 'string' ? outcome : 'joined')).sort()).toEqual([
    ...times(3).map(() => 'invalid_request'),
    'joined',
  ])
  const { members, invitations } = await client.members.list()
  expect(members.map(({ name }) => name)).toEqual(['Ada', 'Grace'])
  expect(invitations).toHaveLength(3)
})

test('of people who come at once by links of their own and want one name, one has it, and the others’ links are still good', async () => {
  const { tenant, client } = await newConsole({ confirms: true })
  const links = await Promise.all(times(4).map(() => invite(tenant.id, operator, asOwner)))
  const joined = await outcomesOf(links.map(({ link }) => new Browser().join(link, 'Grace')))
  expect(joined.filter((outcome) => typeof outcome === 'object')).toHaveLength(1)
  for (const outcome of joined)
    if (typeof outcome === 'string') expect(['invalid_request', 'user_exists']).toContain(outcome)
  const { members, invitations } = await client.members.list()
  expect([members.length, invitations.length]).toEqual([2, 3])
})

test('an invitation that is taken back as somebody comes by it lets them in or not, and says so to both', async () => {
  const { tenant, client } = await newConsole({ confirms: true })
  const { browser } = await newConsole({ confirms: true })
  for (const at of times(8)) {
    const { link, invitation } = await client.members.invite(asOwner)
    const [joined, withdrawn] = await outcomesOf<unknown>([
      at % 2 ? new Browser().join(link, `Bob ${at}`) : (await another(browser)).joinToo(link, 'Grace'),
      client.members.withdraw(invitation.id),
    ])
    if (withdrawn === undefined) expect(joined).toBe('invitation_invalid')
    else expect([withdrawn, joined]).toEqual(['not_found', expect.any(Object)])
    await (await database()).member.deleteMany({ where: { tenantId: tenant.id, name: { not: 'Ada' } } })
  }
})

test('whoever is removed from their only tenant as they join another is a member there with their passkey, or nowhere', async () => {
  const db = await database()
  for (const _ of times(4)) {
    const { tenant, ada, bob } = await twoOwners()
    const { tenant: next } = await newConsole()
    const { link } = await invite(next.id, operator, asOwner)
    const { userId } = await db.member.findUniqueOrThrow({ where: { id: bob.id } })
    const [, removed] = await outcomesOf<unknown>([
      bob.browser.joinToo(link, 'Bob'),
      ada.browser.client.members.remove(bob.id),
    ])
    expect(removed).toBeUndefined()
    const there = await db.member.count({ where: { userId, tenantId: next.id } })
    expect(await db.member.count({ where: { userId, tenantId: tenant.id } })).toBe(0)
    expect([await db.user.count({ where: { id: userId } }), await db.passkey.count({ where: { userId } })]).toEqual([
      there,
      there,
    ])
  }
})

test('whoever is removed as they sign in is in nowhere, and is told what everybody is whose passkey is not known', async () => {
  for (const _ of times(4)) {
    const { ada, bob } = await twoOwners()
    const late = Object.assign(new Browser(), { authenticator: bob.browser.authenticator })
    const [signedIn, removed] = await outcomesOf<unknown>([late.signIn(), ada.browser.client.members.remove(bob.id)])
    expect(removed).toBeUndefined()
    if (typeof signedIn === 'string') expect(signedIn).toBe('verification_failed')
    expect(await refusedWith(late.client.members.list())).toEqual([401, 'session_required'])
  }
})

test('a top-up that is confirmed and declined at once is one of them, and its money is there or not', async () => {
  const { account, money, told } = await moneyedTenant()
  let funded = 0
  for (const _ of times(4)) {
    const { id } = await account.fund({ amount: 2_000, paymentMethodId: 'pm_card_pending' })
    const decided = await outcomesOf(
      times(6).map(async (at) => (await decideTopUp(id, at % 2 ? 'succeeded' : 'declined')).status),
    )
    const { status } = await account.topUp(id)
    expect(decided.filter((outcome) => outcome === status)).toHaveLength(3)
    expect(decided.filter((outcome) => outcome === 'invalid_request')).toHaveLength(3)
    if (status === 'succeeded') funded++
  }
  expect((await account.read()).balance.amount).toBe(funded * 2_000)
  expect([(await money()).transactions.length, (await told()).length]).toEqual([funded, funded])
})

test('a key that is rotated many times at once with one Idempotency-Key has one successor', async () => {
  const home = await managedTenant()
  const { id } = await home.addKey('live', ['usage:read'])
  const extra = { idempotencyKey: crypto.randomUUID() }
  const made = await Promise.all(times(8).map(() => home.keys.rotate(id, { overlapSeconds: 600 }, extra)))
  expect(new Set(made.map((key) => key.id)).size).toBe(1)
  expect(made.filter(({ secret }) => secret)).toHaveLength(1)
  const { keys } = await home.kept()
  expect(keys.filter(({ predecessorId }) => predecessorId === id)).toHaveLength(1)
})

test('a key that is revoked as it is rotated has a successor only where it was rotated before that', async () => {
  const home = await managedTenant()
  for (const _ of times(6)) {
    const { id } = await home.addKey('live', ['usage:read'])
    const [rotated] = await outcomesOf<unknown>([home.keys.rotate(id), home.keys.revoke(id)])
    const events = await (await database()).auditEvent.findMany({
      where: { tenantId: home.tenant.id, targetId: id },
      orderBy: { id: 'asc' },
    })
    const actions = events.map(({ action }) => action)
    expect(actions).toContain('key.revoked')
    const { keys } = await home.kept()
    const successors = keys.filter(({ predecessorId }) => predecessorId === id).length
    expect(successors).toBe(typeof rotated === 'string' ? 0 : 1)
    if (successors) expect(actions.indexOf('key.rotated')).toBeLessThan(actions.indexOf('key.revoked'))
  }
})

test('of an app that is deleted as it is given tokens nothing stays, and no token is worth anything', async () => {
  const db = await database()
  for (const _ of times(4)) {
    const app = await newService({ scopes: ['openid', 'account:read'] })
    const caller = await actFor(app.tenantId, app.environment)
    const asked = () => askToken(app, { grant_type: 'client_credentials' })
    const [answers] = await Promise.all([Promise.all(times(6).map(asked)), deleteClient(caller, app.clientId)])
    for (const { status, body } of answers) {
      if (status === 200) expect((await callApi(body.access_token)).status).toBe(401)
      else expect([status, body.error]).toEqual([401, 'invalid_client'])
    }
    const where = { clientId: app.clientId }
    expect([await db.oAuthRecord.count({ where }), await db.oAuthClientSecret.count({ where })]).toEqual([0, 0])
  }
})

test('what a user allows an app as it is deleted is not kept', async () => {
  const db = await database()
  const app = await newService()
  const place = { tenantId: app.tenantId, environment: app.environment }
  const user = { id: `usr_${crypto.randomUUID()}`, username: 'ada', displayName: 'Ada' }
  await db.user.create({ data: { ...user, ...place } })
  const allow = (told: () => Promise<void>) => addConsent(user.id, app.clientId, { '': ['openid'] }, told)
  let deleted: Promise<void> | undefined
  // It is deleted while the consent is written; where it waits for that, that does not wait for it.
  await allow(async () => {
    deleted = actFor(app.tenantId, app.environment).then((caller) => deleteClient(caller, app.clientId))
    await Promise.race([deleted, elapse(100)])
  })
  await deleted
  const consents = () => db.oAuthConsent.count({ where: { clientId: app.clientId } })
  expect(await consents()).toBe(0)
  await allow(async () => {})
  expect(await consents()).toBe(0)
})
