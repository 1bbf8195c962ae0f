import { beforeEach, expect, test } from 'vitest'
import * as anchors from '../attestation/store.ts'
import type { Place } from '../caller.ts'
import * as sessions from '../console/store.ts'
import { env } from '../env.ts'
import { newId } from '../ids.ts'
import { removeSessions } from '../oauth/of-user/store.ts'
import { recordOf } from '../oauth/records.ts'
import * as consents from '../oauth/store.ts'
import { type NewPasskey, savePasskey } from '../passkeys/registered/store.ts'
import * as passkeys from '../passkeys/store.ts'
import * as skills from '../skills/store.ts'
import { createTenant } from '../tenants/tenants.ts'
import * as signing from '../tokens/store.ts'
import { atOneMoment, database } from './database.ts'

// What is looked at and then written, by twenty transactions at once: on PostgreSQL they run beside each other.

const twenty = Array.from({ length: 20 }, (_, at) => at)
const atOnce = <Result>(act: (at: number) => Promise<Result>) => Promise.all(twenty.map(act))
const count = <Result>(results: Result[], wanted: Result) => results.filter((result) => result === wanted).length
const nothing = async () => {}

let place: Place
let told: number
const tell = async () => {
  told += 1
}

beforeEach(async () => {
  told = 0
  const slug = `t-${crypto.randomUUID().slice(0, 13)}`
  place = { tenantId: (await createTenant({ name: 'Shop', slug })).id, environment: 'live' }
})

async function newUser(username = 'ada') {
  const user = { id: newId('usr'), username, displayName: username }
  await (await database()).user.create({ data: { ...user, ...place } })
  return user
}

async function newApp() {
  const app = { id: newId('cli'), name: 'App', type: 'public', redirectUris: '[]', scopes: 'openid', grants: '' }
  await (await database()).oAuthClient.create({ data: { ...app, ...place } })
  return app.id
}

const newPasskey = (): NewPasskey => ({
  ...{ id: crypto.randomUUID(), credentialId: crypto.randomUUID(), rpId: 'shop.example', userHandle: null },
  ...{ publicKey: Uint8Array.of(1), algorithm: -7, signCount: 0n, name: 'Phone', aaguid: crypto.randomUUID() },
  ...{ transports: '', backupEligible: false, backedUp: false, attestationFormat: 'none', attestationTrusted: false },
  ...{ attestationSource: null, attestationRoot: null, attestationStatus: '', attestationDescription: null },
})

const save = (user: Awaited<ReturnType<typeof newUser>>, passkey: NewPasskey, further = true) =>
  savePasskey(place, user, passkey, { further, allowedBy: null }, { noted: { always: [], ifFirst: [] } })

test('of scopes that are allowed at once, none is lost', async () => {
  const [user, app] = [await newUser(), await newApp()]
  await atOnce((at) => consents.addConsent(user.id, app, { '': [`scope-${at}`] }, nothing))
  expect((await consents.findConsent(user.id, app))['']?.toSorted()).toEqual(
    twenty.map((at) => `scope-${at}`).toSorted(),
  )
})

test('a consent is withdrawn once, and what it gave is told of once', async () => {
  const [user, app] = [await newUser(), await newApp()]
  await consents.addConsent(user.id, app, { '': ['openid'] }, nothing)
  await consents.save(recordOf('Grant', crypto.randomUUID(), { clientId: app, accountId: user.id }, 60))
  expect(count(await atOnce(() => consents.removeConsent(user.id, app, tell)), true)).toBe(1)
  expect(told).toBe(1)
})

test('sessions of a user are ended once', async () => {
  const user = await newUser()
  const passkey = newPasskey()
  await save(user, passkey)
  const record = recordOf('Session', crypto.randomUUID(), { accountId: user.id }, 60)
  await consents.save({ ...record, userId: user.id, passkeyId: passkey.id })
  const ended = await atOnce(() => removeSessions(user.id, undefined, tell))
  expect([ended.reduce((all, one) => all + one, 0), told]).toEqual([1, 1])
})

test('of twenty first passkeys of one user, one is kept', async () => {
  for (const user of [await newUser(), { id: newId('usr'), username: 'new', displayName: 'New' }]) {
    const kept = await atOnce(() => save(user, newPasskey(), false))
    expect(count(kept, 'user_exists')).toBe(19)
    expect(await (await database()).passkey.count({ where: { userId: user.id } })).toBe(1)
  }
})

test('a passkey is removed once, and of all that are removed at once one stays where one has to', async () => {
  const user = await newUser()
  const [only, ...more] = twenty.map(newPasskey)
  for (const each of [only, ...more]) if (each) await save(user, each)
  const remove = (id = '') => passkeys.removePasskey(place, id, user.id, tell, true)
  expect(count(await atOnce(() => remove(only?.id)), false)).toBe(19)
  expect(told).toBe(1)
  expect(count(await Promise.all(more.map(({ id }) => remove(id))), 'last')).toBe(1)
  expect(await (await database()).passkey.count({ where: { userId: user.id } })).toBe(1)
})

test('a passkey that comes while its user’s last one goes is refused, or keeps them', async () => {
  for (const name of twenty.slice(0, 5)) {
    const user = await newUser(`ada-${name}`)
    const last = newPasskey()
    await save(user, last)
    const [kept, removed] = await Promise.all([
      save(user, newPasskey()),
      passkeys.removePasskey(place, last.id, undefined, nothing),
    ])
    const left = await (await database()).passkey.count({ where: { userId: user.id } })
    expect(removed).toMatchObject({ userGone: kept === 'user_gone' })
    expect(left).toBe(kept === 'user_gone' ? 0 : 1)
  }
})

test('no two keys sign at once, whoever begins the ring or turns it', async () => {
  const db = await database()
  await db.signingKey.deleteMany()
  const key = () => ({ id: crypto.randomUUID(), publicJwk: '{}', privateJwk: '{}' })
  const states = async () => {
    const keys = await db.signingKey.findMany()
    return [keys.filter((each) => each.activatedAt && !each.retiredAt), keys.filter((each) => !each.activatedAt)].map(
      ({ length }) => length,
    )
  }
  await atOnce(() => signing.begin(key(), key()))
  expect([await states(), await db.signingKey.count()]).toEqual([[1, 1], 2])
  await atOnce(() => signing.turn(key()))
  expect([await states(), await db.signingKey.count()]).toEqual([[1, 1], 22])
  await db.signingKey.deleteMany()
})

test('a fresh confirmation serves once', async () => {
  const { tenantId } = place
  const user = await newUser()
  const db = await database()
  const memberId = newId('mem')
  await db.member.create({
    data: {
      id: memberId,
      tenantId,
      userId: user.id,
      name: 'Ada',
      role: 'owner',
      usedAt: new Date(),
      createdAt: new Date(),
    },
  })
  const passkey = newPasskey()
  await save(user, passkey)
  const session = { id: newId('ses'), hash: crypto.randomUUID(), memberId, passkeyId: passkey.id }
  await sessions.saveSession({ ...session, expiresAt: new Date(Date.now() + 60_000) }, nothing)
  await sessions.confirmSession(session.id, { confirmedAt: new Date(), confirmedBy: passkey.id, confirmedFor: 'x' })
  const taken = await atOnce(() => sessions.takeConfirmation(session.id, 'x', new Date(0)))
  expect(count(taken, null)).toBe(19)
})

test('a place has no more anchors than it may, and each goes once', async () => {
  const { tenantId } = place
  const certificate = Uint8Array.of(1)
  const anchor = () => ({ id: newId('anc'), name: 'Root', certificate, fingerprint: crypto.randomUUID() })
  for (let at = 1; at < anchors.mostAnchors; at++) await anchors.saveAnchor(tenantId, anchor(), nothing)
  expect(count<unknown>(await atOnce(() => anchors.saveAnchor(tenantId, anchor(), nothing)), 'full')).toBe(19)
  const [first] = await anchors.listAnchors(tenantId)
  expect(count(await atOnce(() => anchors.removeAnchor(tenantId, first?.id ?? '', tell)), true)).toBe(1)
  expect(told).toBe(1)
})

test('of changes of a skill at once none is lost, and it is removed once', async () => {
  const { tenantId, environment } = place
  const skill = {
    ...{ id: 'hello', name: 'Hello', description: 'x', revision: 1, priceAmount: 0, timeoutSeconds: 5 },
    ...{ url: 'https://skill.example/', inputSchema: '{}', outputSchema: '{}', secret: 'x', secretHint: 'x' },
  }
  await skills.save({ ...skill, tenantId, environment }, nothing)
  await atOnce(() => skills.update(place, 'hello', ({ revision }) => ({ revision: revision + 1 }), nothing))
  expect((await skills.find(place, 'hello'))?.revision).toBe(21)
  expect(count(await atOnce(() => skills.remove(place, 'hello', tell)), true)).toBe(1)
  expect(told).toBe(1)
})

test('what is read at one moment stays as it is until the end, whatever is committed meanwhile', async () => {
  const db = await database()
  const { tenantId } = place
  const other = Promise.withResolvers<unknown>()
  const seen = await atOneMoment(async (tx) => {
    const before = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } })
    const written = db.tenant.update({ where: { id: tenantId }, data: { name: 'Other' } })
    other.resolve(written.then(() => undefined))
    // On SQLite it waits for this to end.
    if (env().database.engine === 'postgresql') await written
    return [before, await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } })].map(({ name }) => name)
  })
  await other.promise
  expect(seen).toEqual(['Shop', 'Shop'])
  expect((await db.tenant.findUniqueOrThrow({ where: { id: tenantId } })).name).toBe('Other')
})
