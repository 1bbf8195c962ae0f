import { randomUUID } from 'node:crypto'
import { createClient } from '@connectrpc/connect'
import { createGrpcTransport } from '@connectrpc/connect-node'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { startIssuer } from '../../../setup/issuer.ts'
import { mpcUser, refusalOf } from '../../../setup/mpc-user.ts'
import { serveMpc } from '../../../setup/serve-mpc.ts'
import { TenantKeyService } from '../../proto/mpc_pb.js'

vi.setConfig({ testTimeout: 60_000 })

const issuer = await startIssuer()
let server: Awaited<ReturnType<typeof serveMpc>>
/** Another process over the same database. */
let other: typeof server
beforeAll(async () => {
  server = await serveMpc({ MPC_ISSUER: issuer.url })
  other = await serveMpc({ MPC_ISSUER: issuer.url, DATA_DIR: server.dataDir })
})
afterAll(async () => {
  await other.stop()
  await server.stop()
  await issuer.stop()
})

const message = new TextEncoder().encode('Pay 12.50 USDC to Globex')
const newTenancy = (claims: object = {}) => ({ providerTenantId: `tnt_${randomUUID()}`, ...claims })
const tenantKeys = () => createClient(TenantKeyService, createGrpcTransport({ baseUrl: server.url }))
const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })

/** A tenant of its own, with what its Console may ask. */
async function newTenant(claims: object = {}) {
  const tenancy = newTenancy(claims)
  const keys = tenantKeys()
  const headers = bearer(await issuer.tenantToken(tenancy))
  const user = (sub = `usr_${randomUUID()}`, url = server.url) => mpcUser(issuer, url, { ...tenancy, sub })
  return { tenancy, keys, headers, user }
}

test('a tenant lists the keys of its users, newest first, page by page, through each filter', async () => {
  const { tenancy, keys, headers, user } = await newTenant()
  const [ada, bob] = [`usr_ada${randomUUID()}`, `usr_bob${randomUUID()}`]
  const made = []
  for (const sub of [ada, bob, ada]) made.push((await (await user(sub)).makeKey()).id)
  const [first = '', second = '', third = ''] = made
  await keys.freeze({ keyId: second }, headers)
  const found = async (filter: Parameters<typeof keys.list>[0]) => {
    const { keys: page, total } = await keys.list(filter, headers)
    return { ids: page.map(({ id }) => id), total }
  }
  expect(await found({})).toEqual({ ids: [third, second, first], total: 3 })
  expect(await found({ user: ada })).toEqual({ ids: [third, first], total: 2 })
  expect(await found({ frozen: true })).toEqual({ ids: [second], total: 1 })
  expect(await found({ frozen: false })).toEqual({ ids: [third, first], total: 2 })
  expect(await found({ text: 'TREASURY' })).toMatchObject({ total: 3 })
  expect(await found({ text: first.slice(4) })).toEqual({ ids: [first], total: 1 })
  expect(await found({ text: 'nobody', textUsers: [bob] })).toEqual({ ids: [second], total: 1 })
  for (const text of ['%', '_', '\\', "'"]) expect(await found({ text: `y${text}` })).toMatchObject({ total: 0 })

  const page = await keys.list({ pageSize: 2 }, headers)
  const rest = await keys.list({ pageSize: 2, pageToken: page.nextPageToken }, headers)
  expect([page.keys, rest.keys].map((some) => some.map(({ id }) => id))).toEqual([[third, second], [first]])
  expect([page.total, rest.total, rest.nextPageToken]).toEqual([3, 3, ''])
  expect(await refusalOf(keys.list({ pageToken: 'x' }, headers))).toMatchObject({ reason: 'invalid_request' })
  expect(await refusalOf(keys.list({ text: 'x'.repeat(65) }, headers))).toMatchObject({ reason: 'invalid_request' })

  const { key } = await keys.get({ keyId: first }, headers)
  const { key: own } = await (await mpcUser(issuer, server.url, { ...tenancy, sub: ada })).keys.get(
    { keyId: first },
    bearer(await issuer.token({ ...tenancy, sub: ada })),
  )
  expect(key).toMatchObject({
    ...{ user: ada, label: 'Treasury', suite: 'ed25519', threshold: 2, parties: own?.parties },
    ...{ publicKey: own?.publicKey, signatures: 0n, generation: 0, frozenBy: [] },
  })
})

describe('a tenant’s token', () => {
  test('is of a kind of its own: no other opens the service, and it opens no other', async () => {
    const { tenancy, keys, headers, user } = await newTenant()
    const { makeKey, keys: own, sign, keygen, reshare } = await user('usr_ada')
    const { id: keyId } = await makeKey()
    const claims = { ...tenancy, sub: 'usr_ada' }
    const others = [
      await issuer.token(claims),
      await issuer.token({ ...claims, scope: 'mpc:keygen mpc:sign' }, { typ: 'at+jwt' }),
      await issuer.approval({ type: 'mpc.unfreeze', keyId }, claims),
      await issuer.tenantToken(tenancy, { typ: 'JWT' }),
    ]
    for (const token of others) {
      for (const method of ['list', 'get', 'freeze', 'unfreeze'] as const) {
        const refused = await refusalOf(keys[method]({ keyId }, bearer(token)))
        expect([method, refused]).toMatchObject([method, { code: 'Unauthenticated', reason: 'token_invalid' }])
      }
    }
    expect((await keys.get({ keyId }, headers)).key?.frozenBy).toEqual([])

    const asTenant = bearer(await issuer.tenantToken({ ...tenancy, sub: 'usr_ada' }))
    const calls = [
      ...(['list', 'get', 'update', 'freeze', 'unfreeze', 'delete'] as const).map((method) => own[method]),
      ...[sign, keygen, reshare].flatMap(({ begin, finish }) => [begin, finish]),
    ]
    for (const call of calls) {
      const refused = await refusalOf(call({ keyId } as never, asTenant))
      expect(refused).toMatchObject({ code: 'Unauthenticated', reason: 'token_invalid' })
    }
    // As an approval it is none either.
    const approval = await issuer.tenantToken({ ...claims, action: { type: 'mpc.delete', keyId } })
    const deleting = own.delete({ keyId, approval }, bearer(await issuer.token(claims)))
    expect(await refusalOf(deleting)).toMatchObject({ reason: 'approval_invalid' })
    expect((await own.get({ keyId }, bearer(await issuer.token(claims)))).key).toMatchObject({
      id: keyId,
      frozen: false,
    })
  })

  test('is good for a minute at most, and says which member asks', async () => {
    const { tenancy, keys, headers } = await newTenant()
    const now = Math.floor(Date.now() / 1000)
    const refused = {
      'for an hour': { exp: now + 3600 },
      expired: { iat: now - 60, exp: now - 1 },
      'without a member': { member: undefined },
      'of a member without a name': { member: { address: null } },
      'of no tenant': { providerTenantId: undefined },
      'of another issuer': { iss: 'https://issuer.example' },
      'of the other environment': { environment: 'live' },
    }
    for (const [which, claims] of Object.entries(refused)) {
      const call = keys.list({}, bearer(await issuer.tenantToken({ ...tenancy, ...claims })))
      expect([which, await refusalOf(call)]).toMatchObject([which, { code: 'Unauthenticated' }])
    }
    expect(await keys.list({}, headers)).toMatchObject({ keys: [] })
  })

  test('finds no key of another tenant or environment, and changes none', async () => {
    const { keys, headers, user, tenancy } = await newTenant()
    const { id: keyId } = await (await user()).makeKey()
    const strangers = [newTenancy(), { ...tenancy, environment: 'live', aud: 'mpc-server' }]
    for (const stranger of strangers) {
      const theirs = bearer(await issuer.tenantToken(stranger))
      expect(await keys.list({}, theirs)).toMatchObject({ keys: [], total: 0 })
      for (const method of ['get', 'freeze', 'unfreeze'] as const) {
        expect(await refusalOf(keys[method]({ keyId }, theirs))).toMatchObject({
          code: 'NotFound',
          reason: 'not_found',
        })
      }
    }
    expect((await keys.get({ keyId }, headers)).key?.frozenBy).toEqual([])
    expect((await keys.freeze({ keyId }, headers)).key?.frozenBy).toEqual(['tenant'])
  })
})

describe('a key that its tenant froze', () => {
  test('signs nothing at once, in every process, and is unfrozen by the tenant alone', async () => {
    const { keys, headers, user, tenancy } = await newTenant()
    const sub = `usr_${randomUUID()}`
    const here = await user(sub)
    const there = await user(sub, other.url)
    const made = await here.makeKey()
    const keyId = made.id
    const [begun, begunThere] = [await here.beginSignature(made, message), await there.beginSignature(made, message)]
    expect((await keys.freeze({ keyId }, headers)).key?.frozenBy).toEqual(['tenant'])
    for (const [who, one] of [
      [here, begun],
      [there, begunThere],
    ] as const) {
      const finishing = who.sign.finish({ shares: [who.shareOf(one)] }, who.headers(one.session))
      expect(await refusalOf(finishing)).toMatchObject({ code: 'PermissionDenied', reason: 'key_frozen' })
      expect(await refusalOf(who.signed(made, message))).toMatchObject({ reason: 'key_frozen' })
    }

    const approval = await issuer.approval({ type: 'mpc.unfreeze', keyId }, { ...tenancy, sub })
    const unfreezing = () => here.keys.unfreeze({ keyId, approval }, here.headers())
    expect(await refusalOf(unfreezing())).toMatchObject({ code: 'PermissionDenied', reason: 'frozen_by_tenant' })
    expect((await here.keys.get({ keyId }, here.headers())).key).toMatchObject({
      ...{ frozen: true, frozenBy: ['tenant'], signatures: 0n },
    })

    expect((await keys.unfreeze({ keyId }, headers)).key?.frozenBy).toEqual([])
    expect(await there.signed(made, message)).toHaveLength(64)
    // The approval that was refused with it is good still.
    await here.keys.freeze({ keyId }, here.headers())
    expect((await unfreezing()).key?.frozen).toBe(false)
  })

  test('stays frozen where its user froze it too, until each has unfrozen it', async () => {
    const { keys, headers, user, tenancy } = await newTenant()
    const sub = `usr_${randomUUID()}`
    const owner = await user(sub)
    const made = await owner.makeKey()
    const keyId = made.id
    await owner.keys.freeze({ keyId }, owner.headers())
    expect(await refusalOf(keys.unfreeze({ keyId }, headers))).toMatchObject({
      ...{ code: 'PermissionDenied', reason: 'frozen_by_user' },
    })
    await keys.freeze({ keyId }, headers)
    expect((await keys.freeze({ keyId }, headers)).key?.frozenBy).toEqual(['user', 'tenant'])
    expect((await keys.unfreeze({ keyId }, headers)).key?.frozenBy).toEqual(['user'])
    expect(await refusalOf(owner.signed(made, message))).toMatchObject({ reason: 'key_frozen' })
    const approval = await issuer.approval({ type: 'mpc.unfreeze', keyId }, { ...tenancy, sub })
    await owner.keys.unfreeze({ keyId, approval }, owner.headers())
    expect(await owner.signed(made, message)).toHaveLength(64)
  })
})
