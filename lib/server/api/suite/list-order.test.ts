import { beforeAll, expect, test } from 'vitest'
import { scopeNames } from '#lib/contract/scopes.ts'
import { database } from '../../db/database.ts'
import { newId } from '../../ids.ts'
import { newTenant } from './harness.ts'
import { sendAs } from './keys-harness.ts'

// Rows of one moment, with names in either case, with accents and pictures: each engine has them in one order, byte by byte,
// and whoever turns the pages meets each of them once.

const many = 11
// Not long ago: what is old is swept meanwhile.
const at = new Date(Date.now() - 86_400_000)
/** In the order of their bytes in UTF-8. */
const names = ['"', '0', 'A', 'Z', '_', 'a', 'ab', 'z', 'é', 'ﬀ', '😀']
const byBytes = (one: string, other: string) => Buffer.compare(Buffer.from(one), Buffer.from(other))

let secret: string
let hook: string
const ids: Record<string, string[]> = {}

beforeAll(async () => {
  const { tenant, key, addKey } = await newTenant({ type: 'live' })
  secret = (await addKey('live', [...scopeNames], { tier: 'enterprise' })).secret
  const db = await database()
  const { id: tenantId } = tenant
  const place = { tenantId, environment: 'live' }
  await db.apiKey.updateMany({ where: place, data: { createdAt: at } })
  const first = await db.apiKey.findUniqueOrThrow({ where: { id: key.id } })
  const made = <Prefix extends Parameters<typeof newId>[0]>(prefix: Prefix) =>
    names.map((name) => ({ id: newId(prefix), ...place, name, createdAt: at }))
  const users = made('usr').map(({ name, ...row }) => ({ ...row, username: `p${name}`, displayName: name }))
  const owner = newId('usr')
  await db.user.createMany({
    data: [...users, { id: owner, ...place, username: 'owner', displayName: 'o', createdAt: at }],
  })
  const passkey = { publicKey: Uint8Array.of(1), algorithm: -7, signCount: 0n, aaguid: 'a', transports: '' }
  const backup = { backupEligible: false, backedUp: false, attestationFormat: 'none', attestationTrusted: false }
  const passkeys = made('psk').map((row) => ({ ...row, ...passkey, ...backup, userId: owner, credentialId: row.id }))
  await db.passkey.createMany({ data: passkeys })
  const keys = made('psk').map((row) => ({ ...first, ...row, id: row.id.slice(-12), familyId: row.id.slice(-12) }))
  await db.apiKey.createMany({ data: keys })
  const clients = made('cli').map((row) => ({
    ...row,
    type: 'public',
    redirectUris: '[]',
    scopes: 'openid',
    grants: '',
  }))
  await db.oAuthClient.createMany({ data: clients })
  const sealed = { secret: '', secretHint: '', publicKey: '', privateKey: '', description: '', createdBy: 'x' }
  const hooks = made('we').map(({ name, ...row }) => ({
    ...row,
    ...sealed,
    url: `https://${name}`,
    events: ' ',
    enabled: false,
  }))
  await db.webhookEndpoint.createMany({ data: hooks })
  hook = hooks[0]?.id ?? ''
  const event = {
    id: newId('msg'),
    ...place,
    type: 'user.deleted',
    payload: '{"data":{"userId":"usr_x"}}',
    createdAt: at,
  }
  await db.webhookEvent.create({ data: event })
  const sent = { endpointId: hook, eventId: event.id, status: 'failed', scheduledAt: at }
  const deliveries = made('msg').map(({ name: _, ...row }) => ({ ...row, ...sent }))
  await db.webhookDelivery.createMany({ data: deliveries })
  const run = {
    skillId: 'hash',
    skillVersion: '1',
    actorType: 'key',
    actorId: 'x',
    actorName: 'x',
    inputBytes: 0,
    inputHash: '',
  }
  const runs = made('run').map(({ name: _, createdAt, ...row }) => ({
    ...{ ...row, ...run, status: 'failed', amount: 0, startedAt: createdAt, finishedAt: at, until: at },
  }))
  await db.skillRun.createMany({ data: runs })
  const methods = made('pm').map(({ name, ...row }) => ({ ...row, label: name }))
  await db.paymentMethod.createMany({ data: methods })
  const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id).sort(byBytes)
  Object.assign(ids, {
    users: idsOf([...users, { id: owner }]).reverse(),
    named: users.toSorted((one, other) => byBytes(one.username, other.username)).map(({ id }) => id),
    passkeys: idsOf(passkeys),
    keys: (await db.apiKey.findMany({ where: place })).map(({ id }) => id).sort(byBytes),
    clients: idsOf(clients),
    hooks: idsOf(hooks),
    deliveries: idsOf(deliveries).reverse(),
    runs: idsOf(runs).reverse(),
    methods: idsOf(methods),
  })
})

test.each([
  ['users', '/v1/users?'],
  ['named', '/v1/users?username=p&'],
  ['passkeys', '/v1/passkeys?username=owner&'],
  ['keys', '/v1/keys?'],
  ['clients', '/v1/oauth/clients?'],
  ['hooks', '/v1/webhooks?'],
  ['deliveries', () => `/v1/webhooks/${hook}/deliveries?`],
  ['runs', '/v1/skills/runs?'],
  ['methods', '/v1/account/payment-methods?'],
] as const)('%s of one moment come in one order, page for page', async (name, path) => {
  const asked = typeof path === 'string' ? path : path()
  for (const limit of [3, 100]) {
    const seen: string[] = []
    let cursor: string | null = ''
    do {
      const { status, body } = await sendAs(
        secret,
        'GET',
        `${asked}limit=${limit}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      )
      expect(status).toBe(200)
      seen.push(
        ...body.data.map(
          (row: { id?: string; clientId?: string; runId?: string }) => row.id ?? row.clientId ?? row.runId,
        ),
      )
      cursor = body.nextCursor
    } while (cursor)
    expect(seen).toEqual(ids[name])
    expect(seen.length).toBeGreaterThanOrEqual(many)
  }
})
