import { beforeAll, describe, expect, test } from 'vitest'
import type { KeyCreate } from '#lib/contract/keys.ts'
import { asOwner, Browser, newConsole } from './console-harness.ts'
import { clientOf, newTenant, refusal, refusedWith } from './harness.ts'

type Console = Awaited<ReturnType<typeof newConsole>>

test('a member makes a test key, which works, changes it and revokes it', async () => {
  const { client, tenant } = await newConsole()
  const { secret = '', ...made } = await client.keys.create({
    name: 'CI',
    type: 'test',
    scopes: ['usage:read', 'skills:list'],
  })
  expect((await clientOf(secret).tenant()).tenant.id).toBe(tenant.id)
  const { data: all, nextCursor, due } = await client.keys.list('test')
  expect([all.length, nextCursor, due]).toEqual([1, null, []])
  expect((await client.keys.list('test', made.id)).data).toEqual([])
  const [listed] = all
  expect(listed).toMatchObject({ id: made.id, hint: made.hint, status: 'active', lastUsedAt: expect.any(String) })
  expect(listed?.activity.days.at(-1)).toBe(1)
  expect(JSON.stringify(listed)).not.toContain(secret.slice(21, 64))
  expect((await client.keys.list('live')).data).toEqual([])
  const changed = await client.keys.update(made.id, {
    name: 'CI 2',
    scopes: ['usage:read'],
    allowedIps: ['127.0.0.1', '::1'],
  })
  expect(changed).toMatchObject({ name: 'CI 2', scopes: ['usage:read'], allowedIps: ['127.0.0.1', '::1'] })
  expect(await client.keys.testAddress(made.id, '::ffff:127.0.0.1')).toMatchObject({
    allowed: true,
    match: '127.0.0.1',
  })
  expect((await client.keys.revoke(made.id)).status).toBe('revoked')
  expect(await refusedWith(clientOf(secret).tenant())).toEqual([401, 'api_key_invalid'])
})

describe('a live key', () => {
  let console: Console
  beforeAll(async () => {
    console = await newConsole()
  })

  test('is made, rotated and revoked with a fresh assertion, one for each', async () => {
    const { client, browser } = console
    const create = () => client.keys.create({ name: 'Backend', type: 'live', scopes: ['usage:read'] })
    expect(await refusedWith(create())).toEqual([403, 'confirmation_required'])
    expect((await client.keys.list('live')).data).toEqual([])
    await browser.confirm('POST /keys', { name: 'Backend', type: 'live', scopes: ['usage:read'] })
    const { id } = await create()
    expect(await refusedWith(create())).toEqual([403, 'confirmation_required'])
    expect(await refusedWith(client.keys.rotate(id, {}))).toEqual([403, 'confirmation_required'])
    await browser.confirm(`POST /keys/${id}/rotate`)
    const successor = await client.keys.rotate(id, {})
    expect(await refusedWith(client.keys.revoke(id))).toEqual([403, 'confirmation_required'])
    expect((await client.keys.read(id)).status).toBe('active')
    await browser.confirm(`POST /keys/${id}/revoke`)
    expect((await client.keys.revoke(id)).status).toBe('revoked')
    expect(successor.predecessorId).toBe(id)
  })

  test('a change that is refused leaves the assertion for another try', async () => {
    const { client, browser, session } = await newConsole()
    await browser.confirm('POST /invitations', asOwner)
    const { link } = await client.members.invite(asOwner)
    const { id } = session.member
    await browser.confirm(`PATCH /members/${id}`, { role: 'viewer' })
    const stepDown = () => client.members.changeRole(id, 'viewer')
    expect(await refusedWith(stepDown())).toEqual([400, 'invalid_request'])
    await new Browser().join(link, 'Grace')
    await stepDown()
    expect((await client.session()).member.role).toBe('viewer')
  })

  test('another member’s passkey confirms nothing', async () => {
    const { client } = console
    const other = await newConsole()
    const { ceremonyId, publicKey } = await client.confirm.begin('POST /keys')
    const { allowCredentials: _, ...open } = publicKey
    const credential = other.browser.authenticator.get(open as typeof publicKey)
    expect(await refusedWith(client.confirm.finish({ ceremonyId, credential }))).toEqual([401, 'verification_failed'])
    const create = client.keys.create({ name: 'x', type: 'live', scopes: ['usage:read'] })
    expect(await refusedWith(create)).toEqual([403, 'confirmation_required'])
  })
})

describe('a confirmation is good for the change that it was asked for', () => {
  test('and for no other: another one asks again, and leaves it', async () => {
    const { client, browser, tenant } = await newConsole()
    const create = (name: string) => client.keys.create({ name, type: 'live', scopes: ['usage:read'] })
    const made = async (name: string) => {
      await browser.confirm('POST /keys', { name, type: 'live', scopes: ['usage:read'] })
      return create(name)
    }
    const [one, other] = [await made('One'), await made('Other')]
    await browser.confirm(`POST /keys/${one.id}/revoke`)
    const others = [
      () => create('Third'),
      () => client.keys.revoke(other.id),
      () => client.keys.rotate(one.id, {}),
      () => client.keys.update(one.id, { name: 'Mine' }),
      () => client.members.invite(asOwner),
      () => client.own.addPasskey.begin(),
      () => client.signUp.update(false),
      () => client.relyingParty.update({ name: 'Mine' }),
    ]
    const kept = async () => [(await client.keys.list('live')).data, await client.members.list()]
    const before = await kept()
    for (const change of others) expect(await refusedWith(change())).toEqual([403, 'confirmation_required'])
    expect(await kept()).toEqual(before)
    expect((await client.keys.revoke(one.id)).status).toBe('revoked')
    expect(await refusedWith(client.keys.revoke(one.id))).toEqual([403, 'confirmation_required'])
    expect((await client.session()).tenant.id).toBe(tenant.id)
  })

  test('and for what that says: another key, or another change of it, asks again', async () => {
    const { client, browser } = await newConsole()
    const create = (scopes: KeyCreate['scopes']) => client.keys.create({ name: 'x', type: 'live', scopes })
    await browser.confirm('POST /keys', { name: 'x', type: 'live', scopes: ['usage:read'] })
    expect(await refusedWith(create(['keys:manage']))).toEqual([403, 'confirmation_required'])
    expect((await client.keys.list('live')).data).toEqual([])
    const { id } = await create(['usage:read'])
    await browser.confirm(`PATCH /keys/${id}`, { name: 'API' })
    const loosened = client.keys.update(id, { scopes: ['usage:read', 'keys:manage'] })
    expect(await refusedWith(loosened)).toEqual([403, 'confirmation_required'])
    expect((await client.keys.update(id, { name: 'API' })).scopes).toEqual(['usage:read'])
    // What was asked for without saying anything confirms nothing that says something.
    await browser.confirm('POST /keys')
    expect(await refusedWith(create(['usage:read']))).toEqual([403, 'confirmation_required'])
    expect((await client.keys.list('live')).data).toHaveLength(1)
  })

  test('the last that was asked for; a sign-in confirms nothing, nor does what names no change', async () => {
    const { client, browser } = await newConsole()
    const create = () => client.keys.create({ name: 'x', type: 'live', scopes: ['usage:read'] })
    await browser.confirm('POST /keys', { name: 'x', type: 'live', scopes: ['usage:read'] })
    await browser.confirm('PATCH /sign-up', { signUp: false })
    expect(await refusedWith(create())).toEqual([403, 'confirmation_required'])
    const { ceremonyId, publicKey } = await client.signIn.begin()
    const signIn = { ceremonyId, credential: browser.authenticator.get(publicKey) }
    expect(await refusedWith(client.confirm.finish(signIn))).toEqual([400, 'ceremony_unknown'])
    const asked = await client.confirm.begin('POST /keys')
    const given = { ceremonyId: asked.ceremonyId, credential: browser.authenticator.get(asked.publicKey) }
    expect(await refusedWith(new Browser().client.signIn.finish(given))).toEqual([400, 'ceremony_unknown'])
    for (const change of ['', 'GET /keys', 'POST', 'POST keys', 'everything', 'POST /keys\n']) {
      expect(await refusedWith(client.confirm.begin(change))).toEqual([400, 'invalid_request'])
    }
    expect(await client.signUp.update(false)).toEqual({ signUp: false })
  })
})

test('whoever has only the cookie changes no live key, lets nobody in and adds no passkey', async () => {
  const { client, browser } = await newConsole()
  await browser.confirm('POST /keys', { name: 'Backend', type: 'live', scopes: ['usage:read'] })
  const { id } = await client.keys.create({ name: 'Backend', type: 'live', scopes: ['usage:read'] })
  const before = [await client.keys.read(id), await client.members.list(), await client.relyingParty.read()]
  const changes = [
    () => client.keys.update(id, { allowedIps: [] }),
    () => client.members.invite(asOwner),
    () => client.own.addPasskey.begin(),
    () => client.own.removePasskey('psk_00000000000000'),
    () => client.members.remove('mem_00000000000000'),
    () => client.relyingParty.update({ origins: ['https://evil.example'] }),
  ]
  for (const change of changes) expect(await refusedWith(change())).toEqual([403, 'confirmation_required'])
  expect([await client.keys.read(id), await client.members.list(), await client.relyingParty.read()]).toEqual(before)
  await browser.confirm(`PATCH /keys/${id}`, { name: 'API' })
  expect((await client.keys.update(id, { name: 'API' })).name).toBe('API')
})

test('another tenant’s keys do not exist for a member, whatever is asked of them', async () => {
  const { client } = await newConsole()
  const { key } = await newTenant({ scopes: ['keys:manage'] })
  const before = await key.client.keys.read(key.id)
  const asked = [
    () => client.keys.read(key.id),
    () => client.keys.addresses(key.id),
    () => client.keys.update(key.id, { name: 'Mine' }),
    () => client.keys.rotate(key.id, {}),
    () => client.keys.revoke(key.id),
    () => client.keys.testAddress(key.id, '192.0.2.1'),
  ]
  const unknown = await refusal(client.keys.read('aaaaaaaaaaaa'))
  for (const call of asked) {
    const problem = await refusal(call())
    expect({ ...problem, requestId: '' }).toEqual({ ...unknown, requestId: '' })
    expect([problem.status, problem.code]).toEqual([404, 'not_found'])
  }
  expect(await key.client.keys.read(key.id)).toEqual({ ...before, lastUsedAt: expect.any(String) })
})

test('a body names no tenant, and says the environment once', async () => {
  const { client } = await newConsole()
  const { tenant: other } = await newTenant()
  const body = { name: 'x', type: 'test' as const, scopes: ['usage:read' as const] }
  for (const more of [
    { tenantId: other.id },
    { environment: 'live' },
    { demo: true },
    { id: 'aaaaaaaaaaaa' },
    { familyId: 'x' },
  ]) {
    expect(await refusedWith(client.keys.create({ ...body, ...more }))).toEqual([400, 'invalid_request'])
  }
  expect((await client.keys.list('test')).data).toEqual([])
  await client.keys.create(body)
})

test('addresses that used a key are told, to add them to its list', async () => {
  const { client } = await newConsole()
  const { id, secret = '' } = await client.keys.create({ name: 'CI', type: 'test', scopes: ['usage:read'] })
  expect((await client.keys.addresses(id)).data).toEqual([])
  await clientOf(secret).tenant()
  const [seen, ...others] = (await client.keys.addresses(id)).data
  expect(others).toEqual([])
  expect(Date.parse(seen?.lastSeenAt ?? '')).toBeGreaterThan(Date.now() - 60_000)
})
