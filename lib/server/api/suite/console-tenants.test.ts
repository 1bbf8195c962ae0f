import { expect, test } from 'vitest'
import { database } from '../../db/database.ts'
import { asOwner, Browser, newConsole } from './console-harness.ts'
import { refusal, refusedWith } from './harness.ts'

const asViewer = { invitee: 'Ada of the other', role: 'viewer' } as const

/** Ada, an owner of one tenant and a viewer of another, where Bob is the owner; her session is in the other. */
async function twoTenants() {
  const [one, other] = [await newConsole({ confirms: true }), await newConsole({ confirms: true })]
  const { link } = await other.client.members.invite(asViewer)
  const joined = await one.browser.joinToo(link, 'Ada 2')
  return { one, other, joined, link, ada: one.browser, client: one.client }
}

test('a person joins a second tenant with the passkey that they have, and switches between the two', async () => {
  const { one, other, joined, link, client } = await twoTenants()
  expect(joined).toMatchObject({ tenant: { id: other.tenant.id }, member: { name: 'Ada 2', role: 'viewer' } })
  expect(await client.session()).toEqual(joined)
  expect((await client.tenants.list()).data).toEqual(
    [
      { id: one.tenant.id, name: one.tenant.name, role: 'owner' },
      { id: other.tenant.id, name: other.tenant.name, role: 'viewer' },
    ].sort((a, b) => (a.name < b.name ? -1 : 1)),
  )
  expect((await other.client.members.list()).members.map(({ name, role }) => [name, role])).toEqual([
    ['Ada', 'owner'],
    ['Ada 2', 'viewer'],
  ])
  expect(await client.tenants.enter(one.tenant.id)).toMatchObject({ member: { name: 'Ada', role: 'owner' } })
  expect((await client.session()).tenant.id).toBe(one.tenant.id)
  expect((await client.own.list()).passkeys).toHaveLength(1)
  // The link is used up, as by anybody.
  expect(await refusedWith(new Browser().join(link, 'Cleo'))).toEqual([404, 'invitation_invalid'])
})

test('a sign-in lands where the person was last', async () => {
  const { one, other, ada, client } = await twoTenants()
  const laptop = new Browser()
  Object.assign(laptop, { authenticator: ada.authenticator })
  expect((await laptop.signIn()).tenant.id).toBe(other.tenant.id)
  await client.tenants.enter(one.tenant.id)
  expect((await laptop.signIn()).tenant.id).toBe(one.tenant.id)
})

test('nothing of one tenant is readable or changeable from the other', async () => {
  const { one, other, client, ada } = await twoTenants()
  const theirs = await other.client.keys.create({ name: 'Theirs', type: 'test', scopes: ['usage:read'] })
  expect((await client.keys.list('test')).data.map(({ id }) => id)).toEqual([theirs.id])
  await client.tenants.enter(one.tenant.id)
  const mine = await client.keys.create({ name: 'Mine', type: 'test', scopes: ['usage:read'] })
  expect((await client.keys.list('test')).data.map(({ id }) => id)).toEqual([mine.id])
  expect(await refusedWith(client.keys.read(theirs.id))).toEqual([404, 'not_found'])
  expect(await refusedWith(client.keys.revoke(theirs.id))).toEqual([404, 'not_found'])
  expect(await refusedWith(client.members.remove(other.session.member.id))).toEqual([404, 'not_found'])
  const seen = JSON.stringify(await client.audit())
  expect(seen).toContain('Mine')
  expect(seen).not.toContain(other.tenant.id)
  expect(seen).not.toContain('Ada 2')
  // As a viewer there, what she owns here helps nothing.
  await client.tenants.enter(other.tenant.id)
  expect(await refusedWith(client.keys.revoke(theirs.id))).toEqual([403, 'role_required'])
  expect(await refusedWith(client.keys.read(mine.id))).toEqual([404, 'not_found'])
  expect(JSON.stringify(await other.client.audit())).not.toContain(one.tenant.id)
  expect(ada.cookie).not.toBe('')
})

test('what was confirmed in one tenant is not confirmed in another', async () => {
  const [one, other] = [await newConsole({ confirms: true }), await newConsole({ confirms: true })]
  await one.browser.joinToo((await other.client.members.invite(asOwner)).link, 'Ada 2')
  const { browser, client } = one
  browser.confirms = false
  await client.tenants.enter(one.tenant.id)
  await browser.confirm('PATCH /sign-up', { signUp: false })
  await client.tenants.enter(other.tenant.id)
  expect(await refusedWith(client.signUp.update(false))).toEqual([403, 'confirmation_required'])
  expect(await client.signUp.read()).toEqual({ signUp: true })
  await browser.confirm('PATCH /sign-up', { signUp: false })
  expect(await client.signUp.update(false)).toEqual({ signUp: false })
})

test('what was asked for in one tenant is confirmed in no other, also where the session moves before the assertion is given', async () => {
  const [one, other] = [await newConsole({ confirms: true }), await newConsole({ confirms: true })]
  await one.browser.joinToo((await other.client.members.invite(asOwner)).link, 'Ada 2')
  const { browser, client } = one
  browser.confirms = false
  await client.tenants.enter(one.tenant.id)
  const { ceremonyId, publicKey } = await client.confirm.begin('PATCH /sign-up', { signUp: false })
  await client.tenants.enter(other.tenant.id)
  await client.confirm.finish({ ceremonyId, credential: browser.authenticator.get(publicKey) })
  expect(await refusedWith(client.signUp.update(false))).toEqual([403, 'confirmation_required'])
  expect(await client.signUp.read()).toEqual({ signUp: true })
})

test('a page that shows one tenant reads and changes nothing of another that the session is in by then', async () => {
  const [one, other] = [await newConsole({ confirms: true }), await newConsole({ confirms: true })]
  await one.browser.joinToo((await other.client.members.invite(asOwner)).link, 'Ada 2')
  const { client } = one
  await client.tenants.enter(one.tenant.id)
  client.shows(one.tenant.id)
  expect(await client.branding.update({ name: 'One' })).toMatchObject({ name: 'One' })
  const before = await other.client.branding.read()
  // As another tab does.
  client.shows(undefined)
  await client.tenants.enter(other.tenant.id)
  client.shows(one.tenant.id)
  expect(await refusedWith(client.branding.update({ name: 'Two' }))).toEqual([401, 'session_required'])
  expect(await refusedWith(client.keys.list('test'))).toEqual([401, 'session_required'])
  expect(await refusedWith(client.signOut())).toEqual([401, 'session_required'])
  expect(await other.client.branding.read()).toEqual(before)
  client.shows(other.tenant.id)
  expect((await client.session()).tenant.id).toBe(other.tenant.id)
})

test('each tenant’s audit log tells its own side of a switch', async () => {
  const { one, other, client } = await twoTenants()
  const [there] = (await other.client.audit({ action: 'session.began', limit: 1 })).data
  expect(there?.actor.name).toBe('Ada 2')
  expect((await other.client.audit({ action: 'member.joined', limit: 1 })).data[0]).toMatchObject({
    actor: { name: 'Ada 2' },
    after: { role: 'Viewer', invitedBy: 'Ada' },
  })
  await client.tenants.enter(one.tenant.id)
  expect((await client.audit({ limit: 2 })).data.map(({ action }) => action)).toEqual([
    'session.began',
    'session.ended',
  ])
  expect((await other.client.audit({ limit: 1 })).data[0]).toMatchObject({
    action: 'session.ended',
    actor: { name: 'Ada 2' },
  })
})

test('nobody enters a tenant that they are no member of', async () => {
  const [one, other] = [await newConsole(), await newConsole()]
  expect(await refusedWith(one.client.tenants.enter(other.tenant.id))).toEqual([404, 'not_found'])
  expect(await refusedWith(one.client.tenants.enter('tnt_console'))).toEqual([404, 'not_found'])
  expect((await one.client.session()).tenant.id).toBe(one.tenant.id)
  expect((await one.client.tenants.list()).data).toHaveLength(1)
})

test('to join takes a fresh assertion, an invitation that is open, and a name that nobody has', async () => {
  const [one, other] = [await newConsole(), await newConsole({ confirms: true })]
  const { link } = await other.client.members.invite(asViewer)
  expect(await refusedWith(one.browser.joinToo(link, 'Ada 2'))).toEqual([403, 'confirmation_required'])
  one.browser.confirms = true
  const taken = await refusal(one.browser.joinToo(link))
  expect([taken.status, taken.code, taken.issues?.[0]?.path]).toEqual([400, 'invalid_request', 'name'])
  expect((await other.client.members.list()).members).toHaveLength(1)
  await one.browser.joinToo(link, 'Ada 2')
  expect(await refusedWith(one.browser.joinToo(link, 'Ada 3'))).toEqual([404, 'invitation_invalid'])
  // Whoever is a member is made none a second time.
  const { link: again } = await other.client.members.invite(asOwner)
  expect(await refusedWith(one.browser.joinToo(again, 'Ada 3'))).toEqual([400, 'invalid_request'])
  expect((await other.client.members.list()).members).toHaveLength(2)
  // A new person cannot have the name, either.
  expect(await refusedWith(new Browser().join(again, 'Ada 2'))).toEqual([400, 'invalid_request'])
  await new Browser().join(again, 'Bob')
})

test('who is removed from one tenant stays in the other, with their passkeys', async () => {
  const { one, other, client, ada } = await twoTenants()
  const laptop = new Browser()
  Object.assign(laptop, { authenticator: ada.authenticator })
  await laptop.signIn()
  await client.tenants.enter(one.tenant.id)
  const member = (await other.client.members.list()).members.find(({ name }) => name === 'Ada 2')
  await other.client.members.remove(member?.id ?? '')
  // The session that was there ended, the one that was not goes on.
  expect(await refusedWith(laptop.client.session())).toEqual([401, 'session_required'])
  expect((await client.session()).tenant.id).toBe(one.tenant.id)
  expect(await refusedWith(client.tenants.enter(other.tenant.id))).toEqual([404, 'not_found'])
  expect((await laptop.signIn()).tenant.id).toBe(one.tenant.id)
  expect((await other.client.audit({ action: 'member.removed' })).data[0]?.after).toEqual({ sessionsEnded: 1 })
})

test('the name of who is no member any more is free, though they are one elsewhere', async () => {
  const { one, other } = await twoTenants()
  await one.client.tenants.enter(one.tenant.id)
  const { link } = await one.client.members.invite(asOwner)
  const bo = new Browser()
  bo.confirms = true
  await bo.join(link, 'Bo')
  const { members } = await bo.client.members.list()
  await bo.client.members.remove(members.find(({ name }) => name === 'Ada')?.id ?? '')
  const again = new Browser()
  expect(await again.join((await bo.client.members.invite(asOwner)).link, 'Ada')).toMatchObject({
    tenant: { id: one.tenant.id },
    member: { name: 'Ada' },
  })
  // Each is still who they are.
  expect((await one.browser.signIn()).tenant.id).toBe(other.tenant.id)
  expect((await again.signIn()).tenant.id).toBe(one.tenant.id)
  expect(await refusedWith(new Browser().join((await bo.client.members.invite(asOwner)).link, 'Ada'))).toEqual([
    400,
    'invalid_request',
  ])
})

test('with their last tenant a person’s passkeys are forgotten', async () => {
  const { one, other, client, ada } = await twoTenants()
  await client.tenants.enter(one.tenant.id)
  const bob = new Browser()
  bob.confirms = true
  await bob.join((await client.members.invite(asOwner)).link, 'Bob')
  const db = await database()
  const { userId } = await db.member.findFirstOrThrow({ where: { tenantId: one.tenant.id, name: 'Ada' } })
  const passkeys = () => db.passkey.count({ where: { userId } })
  const remove = async (browser: Browser, name: string) => {
    const found = (await browser.client.members.list()).members.find((each) => each.name === name)
    await browser.client.members.remove(found?.id ?? '')
  }
  await remove(other.browser, 'Ada 2')
  expect(await passkeys()).toBe(1)
  await remove(bob, 'Ada')
  expect(await passkeys()).toBe(0)
  expect(await refusedWith(ada.signIn())).toEqual([401, 'verification_failed'])
})

test('passkeys and sessions are the person’s: seen and ended from either tenant, told in both', async () => {
  const { one, other, client, ada } = await twoTenants()
  const laptop = new Browser()
  Object.assign(laptop, { authenticator: ada.authenticator })
  await laptop.signIn()
  await client.tenants.enter(one.tenant.id)
  const { sessions, passkeys } = await client.own.list()
  expect(sessions.map(({ tenantName }) => tenantName).sort()).toEqual([one.tenant.name, other.tenant.name].sort())
  await client.own.renamePasskey(passkeys[0]?.id ?? '', 'Phone')
  expect((await laptop.client.own.list()).passkeys[0]?.name).toBe('Phone')
  for (const { client } of [one, other]) {
    expect((await client.audit({ action: 'member.passkey_renamed' })).data).toHaveLength(1)
  }
  await client.own.endSession(sessions.find(({ current }) => !current)?.id ?? '')
  expect(await refusedWith(laptop.client.session())).toEqual([401, 'session_required'])
  expect((await other.client.audit({ limit: 1 })).data[0]).toMatchObject({
    action: 'session.ended',
    actor: { name: 'Ada 2' },
  })
  // Another person's are not.
  expect(await refusedWith(other.client.own.renamePasskey(passkeys[0]?.id ?? '', 'Theirs'))).toEqual([404, 'not_found'])
})
