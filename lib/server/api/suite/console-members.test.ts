import { describe, expect, test } from 'vitest'
import { operator } from '../../caller.ts'
import { invite } from '../../console/invitations.ts'
import { removePasskey } from '../../console/members.ts'
import { memberOf } from '../../console/sessions.ts'
import { database } from '../../db/database.ts'
import { asOwner, Browser, newConsole } from './console-harness.ts'
import { refusal, refusedWith } from './harness.ts'

test('a member invites another, who comes in once by the link', async () => {
  const { client, tenant, session } = await newConsole({ confirms: true })
  const { link, invitation } = await client.members.invite(asOwner)
  expect(invitation).toMatchObject({ setUp: false, invitedBy: session.member.name })
  expect((await client.members.list()).invitations).toEqual([invitation])
  const second = new Browser()
  second.confirms = true
  expect((await second.join(link, 'Bob')).tenant.id).toBe(tenant.id)
  const { members, invitations } = await client.members.list()
  expect(members.map(({ name, you }) => [name, you])).toEqual([
    ['Ada', true],
    ['Bob', false],
  ])
  expect(invitations).toEqual([])
  expect(await refusedWith(new Browser().join(link, 'Cleo'))).toEqual([404, 'invitation_invalid'])
})

test('two members of a tenant have two names, and of two tenants may have the same', async () => {
  const { client } = await newConsole({ confirms: true })
  const { link } = await client.members.invite(asOwner)
  const problem = await refusal(new Browser().join(link, 'Ada'))
  expect([problem.status, problem.code, problem.issues?.[0]?.path]).toEqual([400, 'invalid_request', 'name'])
  expect((await client.members.list()).members).toHaveLength(1)
  await new Browser().join(link, 'Ada 2')
  expect((await newConsole({ confirms: true })).session.member.name).toBe('Ada')
})

test('an invitation that was withdrawn lets nobody in, and another tenant’s cannot be', async () => {
  const [one, other] = [await newConsole({ confirms: true }), await newConsole({ confirms: true })]
  const { link, invitation } = await one.client.members.invite(asOwner)
  expect(await refusedWith(other.client.members.withdraw(invitation.id))).toEqual([404, 'not_found'])
  expect((await one.client.members.list()).invitations).toEqual([invitation])
  await one.client.members.withdraw(invitation.id)
  expect(await refusedWith(new Browser().join(link, 'Bob'))).toEqual([404, 'invitation_invalid'])
  expect(await refusedWith(one.client.members.withdraw(invitation.id))).toEqual([404, 'not_found'])
})

test('an invitation lasts a day', async () => {
  const { tenant, client } = await newConsole({ confirms: true })
  const { link, invitation } = await client.members.invite(asOwner)
  expect(Date.parse(invitation.expiresAt) - Date.now()).toBeLessThanOrEqual(24 * 3_600_000)
  const db = await database()
  await db.invitation.updateMany({ where: { id: invitation.id }, data: { expiresAt: new Date(Date.now() - 1) } })
  expect(await refusedWith(new Browser().join(link, 'Bob'))).toEqual([404, 'invitation_invalid'])
  await new Browser().join((await invite(tenant.id, operator, asOwner)).link, 'Bob')
})

test('a member who is removed is out at once, and cannot come back with the passkey', async () => {
  const { client } = await newConsole({ confirms: true })
  const second = new Browser()
  second.confirms = true
  const { member } = await second.join((await client.members.invite(asOwner)).link, 'Bob')
  expect((await second.client.session()).member.id).toBe(member.id)
  await client.members.remove(member.id)
  expect(await refusedWith(second.client.session())).toEqual([401, 'session_required'])
  expect(await refusedWith(second.signIn())).toEqual([401, 'verification_failed'])
  expect((await client.members.list()).members.map(({ name }) => name)).toEqual(['Ada'])
})

test('the only member stays, and another tenant’s member does not exist', async () => {
  const [one, other] = [await newConsole({ confirms: true }), await newConsole({ confirms: true })]
  expect(await refusedWith(one.client.members.remove(one.session.member.id))).toEqual([400, 'invalid_request'])
  expect(await refusedWith(one.client.members.remove(other.session.member.id))).toEqual([404, 'not_found'])
  expect(await refusedWith(one.client.members.remove('mem_00000000000000'))).toEqual([404, 'not_found'])
  expect((await other.client.session()).member.id).toBe(other.session.member.id)
})

test('a member has as many passkeys as they add, and never none', async () => {
  const { client, browser } = await newConsole({ confirms: true })
  const [first] = (await client.own.list()).passkeys
  expect(await refusedWith(client.own.removePasskey(first?.id ?? ''))).toEqual([400, 'invalid_request'])
  const laptop = new Browser()
  const { ceremonyId, publicKey } = await client.own.addPasskey.begin()
  await client.own.addPasskey.finish({ ceremonyId, credential: laptop.authenticator.create(publicKey) })
  expect((await laptop.signIn()).member.name).toBe('Ada')
  await client.own.removePasskey(first?.id ?? '')
  expect((await laptop.client.own.list()).passkeys).toHaveLength(1)
  expect(await refusedWith(browser.signIn())).toEqual([401, 'verification_failed'])
  await laptop.signIn()
})

/** A member with two passkeys, each of which began a session. */
async function twoPasskeys() {
  const { client, browser, tenant } = await newConsole({ confirms: true })
  const laptop = new Browser()
  const { ceremonyId, publicKey } = await client.own.addPasskey.begin()
  await client.own.addPasskey.finish({ ceremonyId, credential: laptop.authenticator.create(publicKey) })
  await laptop.signIn()
  const { passkeys } = await client.own.list()
  const [first, second] = [passkeys.find(({ current }) => current), passkeys.find(({ current }) => !current)]
  return { browser, laptop, tenant, first: first?.id ?? '', second: second?.id ?? '' }
}

describe('a passkey that a member removes', () => {
  test('ends the sessions that it began, whoever has their cookies, and no other; the log says how many', async () => {
    const { browser, laptop, first } = await twoPasskeys()
    const thief = new Browser()
    Object.assign(thief, { authenticator: browser.authenticator })
    await thief.signIn()
    const { passkeys } = await laptop.client.own.list()
    expect(passkeys.map(({ current }) => current)).toEqual([false, true])
    laptop.confirms = true
    await laptop.client.own.removePasskey(first)
    for (const gone of [browser, thief]) {
      expect(await refusedWith(gone.client.session())).toEqual([401, 'session_required'])
      expect(await refusedWith(gone.client.members.invite(asOwner))).toEqual([401, 'session_required'])
    }
    expect((await laptop.client.own.list()).sessions.map(({ current }) => current)).toEqual([true])
    const [event] = (await laptop.client.audit({ action: 'member.passkey_removed' })).data
    expect(event).toMatchObject({ after: { sessionsEnded: 2, grantsEnded: 0 } })
  })

  test('signs out whoever removes the one that they came with', async () => {
    const { browser, laptop, first } = await twoPasskeys()
    expect(await browser.client.own.removePasskey(first)).toEqual({ signedOut: true })
    expect(browser.cookie).toBe('')
    expect((await laptop.client.session()).member.name).toBe('Ada')
  })

  test('leaves the session that asks to the other one, where that confirmed it', async () => {
    const { browser, laptop, first, second } = await twoPasskeys()
    const thief = new Browser()
    Object.assign(thief, { authenticator: browser.authenticator })
    await thief.signIn()
    Object.assign(browser, { authenticator: laptop.authenticator })
    expect(await browser.client.own.removePasskey(first)).toEqual({ signedOut: false })
    expect(await refusedWith(thief.client.session())).toEqual([401, 'session_required'])
    const { passkeys } = await browser.client.own.list()
    expect(passkeys.map(({ id, current }) => [id, current])).toEqual([[second, true]])
  })

  test('but is refused as the last, takes nothing: the session that asks stands on it as before', async () => {
    const { browser, laptop, first, second } = await twoPasskeys()
    const cookie = browser.cookie.slice(browser.cookie.indexOf('=') + 1)
    const visitor = { address: undefined, userAgent: undefined, requestId: 'req' }
    const signedIn = await memberOf(cookie, visitor)
    laptop.confirms = true
    await laptop.client.own.removePasskey(second)
    // Confirmed by the other one, a moment before that was gone.
    await expect(removePasskey(signedIn, first, second)).rejects.toMatchObject({ code: 'invalid_request' })
    expect((await browser.client.own.list()).passkeys.map(({ id, current }) => [id, current])).toEqual([[first, true]])
  })

  test('confirms nothing any more, though it did before', async () => {
    const { browser, laptop, second } = await twoPasskeys()
    const { client } = browser
    browser.confirms = false
    // Confirmed by the laptop's passkey, in the session of the other.
    const confirm = async (change: string) => {
      const { ceremonyId, publicKey } = await client.confirm.begin(change)
      await client.confirm.finish({ ceremonyId, credential: laptop.authenticator.get(publicKey) })
    }
    await confirm('POST /passkeys/begin')
    const begun = await client.own.addPasskey.begin()
    await confirm('POST /passkeys/begin')
    const rival = new Browser()
    Object.assign(rival, { authenticator: browser.authenticator, confirms: true })
    await rival.signIn()
    await rival.client.own.removePasskey(second)
    expect(await refusedWith(client.own.addPasskey.begin())).toEqual([403, 'confirmation_required'])
    // What was begun with its word is not finished.
    const credential = new Browser().authenticator.create(begun.publicKey)
    const finish = client.own.addPasskey.finish({ ceremonyId: begun.ceremonyId, credential })
    expect(await refusedWith(finish)).toEqual([401, 'token_invalid'])
    expect((await client.own.list()).passkeys).toHaveLength(1)
    browser.confirms = true
    expect((await client.own.addPasskey.begin()).ceremonyId).toMatch(/^cer_/)
  })

  test('goes with a member who is removed, and the log says what that ended', async () => {
    const { browser, laptop } = await twoPasskeys()
    const bob = new Browser()
    bob.confirms = true
    await bob.join((await browser.client.members.invite(asOwner)).link, 'Bob')
    const ada = (await bob.client.members.list()).members.find(({ name }) => name === 'Ada')
    await bob.client.members.remove(ada?.id ?? '')
    for (const { client } of [browser, laptop]) {
      expect(await refusedWith(client.session())).toEqual([401, 'session_required'])
    }
    const [event] = (await bob.client.audit({ action: 'member.removed' })).data
    expect(event?.after).toEqual({ sessionsEnded: 2, grantsEnded: 0 })
  })
})

test('another member’s passkeys and sessions are not one’s own', async () => {
  const { client } = await newConsole({ confirms: true })
  const second = new Browser()
  second.confirms = true
  await second.join((await client.members.invite(asOwner)).link, 'Bob')
  const theirs = await second.client.own.list()
  expect(await refusedWith(client.own.removePasskey(theirs.passkeys[0]?.id ?? ''))).toEqual([404, 'not_found'])
  expect(await refusedWith(client.own.endSession(theirs.sessions[0]?.id ?? ''))).toEqual([404, 'not_found'])
  expect((await second.client.own.list()).sessions).toHaveLength(1)
  // A further passkey is for whoever began its registration.
  const { ceremonyId, publicKey } = await client.own.addPasskey.begin()
  const credential = second.authenticator.create({ ...publicKey, excludeCredentials: [] } as typeof publicKey)
  expect(await refusedWith(second.client.own.addPasskey.finish({ ceremonyId, credential }))).toEqual([
    400,
    'ceremony_unknown',
  ])
  expect((await client.own.list()).passkeys).toHaveLength(1)
})

test('a session can be ended from another', async () => {
  const { browser, client } = await newConsole({ confirms: true })
  const elsewhere = new Browser()
  Object.assign(elsewhere, { authenticator: browser.authenticator })
  await elsewhere.signIn()
  const { sessions } = await client.own.list()
  expect(sessions.map(({ current }) => current).sort()).toEqual([false, true])
  await client.own.endSession(sessions.find(({ current }) => !current)?.id ?? '')
  expect(await refusedWith(elsewhere.client.session())).toEqual([401, 'session_required'])
  expect((await client.session()).member.name).toBe('Ada')
})

test('a member who is removed leaves no invitation behind', async () => {
  const { client } = await newConsole({ confirms: true })
  const second = new Browser()
  second.confirms = true
  const { member } = await second.join((await client.members.invite(asOwner)).link, 'Bob')
  const theirs = await second.client.members.invite(asOwner)
  const { invitation: mine } = await client.members.invite(asOwner)
  await client.members.remove(member.id)
  expect(await refusedWith(new Browser().join(theirs.link, 'Cleo'))).toEqual([404, 'invitation_invalid'])
  expect((await client.members.list()).invitations).toEqual([mine])
})
