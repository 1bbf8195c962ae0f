import { beforeAll, describe, expect, test } from 'vitest'
import type { ClientCreate } from '#lib/contract/oauth.ts'
import { scopeNames } from '#lib/contract/scopes.ts'
import { listAudit } from '../audit/audit.ts'
import type { Caller } from '../caller.ts'
import { database } from '../db/database.ts'
import { actFor, createTenant } from '../tenants/tenants.ts'
import { allClients, createClient, deleteClient, listClients, readClient, updateClient } from './clients.ts'
import { findClient } from './find-client.ts'
import { addSecret, removeSecret } from './secrets.ts'

const app: ClientCreate = { name: 'App', type: 'public', redirectUris: ['https://app.example/cb'], scopes: ['openid'] }
const backend: ClientCreate = { ...app, name: 'Backend', type: 'confidential', scopes: ['usage:read', 'mpc:sign'] }

let caller: Caller
beforeAll(async () => {
  caller = await newCaller()
})

async function newCaller() {
  const slug = `t-${crypto.randomUUID().slice(0, 13)}`
  return actFor((await createTenant({ name: 'Shop', slug })).id, 'live')
}

const auditOf = async (tenantId: string) => (await listAudit(tenantId, { limit: 100 })).data.reverse()

test('only a confidential client has a secret', async () => {
  const open = await createClient(caller, app)
  expect([open.clientSecret, open.secrets]).toEqual([undefined, []])
  const closed = await createClient(caller, backend)
  expect(closed.secrets).toHaveLength(1)
  await expect(addSecret(caller, open.clientId)).rejects.toMatchObject({
    code: 'invalid_request',
    details: { issues: [{ path: 'secrets', message: expect.stringContaining('public client has no secrets') }] },
  })
  expect((await readClient(caller, open.clientId)).secrets).toEqual([])
  expect((await addSecret(caller, closed.clientId)).clientSecret).toMatch(/^cs_/)
})

test('two secrets work at once: a third is refused, and so is to be left with none', async () => {
  const { clientId, secrets } = await createClient(caller, backend)
  const [first = { id: '' }] = secrets
  const last = { code: 'invalid_request', detail: expect.stringContaining('last secret') }
  await expect(removeSecret(caller, clientId, first.id)).rejects.toMatchObject(last)
  const { clientSecret: _, ...second } = await addSecret(caller, clientId)
  const third = { code: 'invalid_request', detail: expect.stringContaining('remove the old one first') }
  await expect(addSecret(caller, clientId)).rejects.toMatchObject(third)
  const foreign = (await createClient(caller, backend)).secrets[0]?.id ?? ''
  for (const id of ['sec_00000000000000', foreign]) {
    await expect(removeSecret(caller, clientId, id)).rejects.toMatchObject({ code: 'not_found' })
  }
  expect((await readClient(caller, clientId)).secrets).toEqual([first, second])
  await removeSecret(caller, clientId, first.id)
  await expect(removeSecret(caller, clientId, second.id)).rejects.toMatchObject(last)
  expect((await readClient(caller, clientId)).secrets).toEqual([second])
})

test('of many who ask for a second secret at once, one gets it', async () => {
  const { clientId } = await createClient(caller, backend)
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => addSecret(caller, clientId)))
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect((await readClient(caller, clientId)).secrets).toHaveLength(2)
})

test('an environment has 200 clients at most, each of its own', async () => {
  const crowded = await newCaller()
  const ids: string[] = []
  for (let made = 0; made < 200; made++) ids.push((await createClient(crowded, { ...app, name: `${made}` })).clientId)
  const full = { code: 'invalid_request', detail: expect.stringContaining('200 OAuth clients') }
  await expect(createClient(crowded, app)).rejects.toMatchObject(full)
  const listed = (await allClients(crowded)).map(({ clientId }) => clientId)
  expect([...listed].sort()).toEqual([...ids].sort())
  const pages = [await listClients(crowded, { limit: 100 })]
  pages.push(await listClients(crowded, { limit: 100, cursor: pages[0]?.nextCursor ?? '' }))
  expect(pages.flatMap(({ data }) => data.map(({ clientId }) => clientId))).toEqual(listed)
  expect(pages[1]?.nextCursor).toBeNull()
  await createClient(await actFor(crowded.tenant.id, 'test'), app)
  await deleteClient(crowded, ids[0] ?? '')
  expect((await createClient(crowded, app)).clientId).toMatch(/^cli_/)
})

test('with a client ends all that it was given, and nothing of another', async () => {
  const db = await database()
  const clients = [await createClient(caller, backend), await createClient(caller, backend)]
  const given = async () => [await db.oAuthRecord.findMany(), await db.oAuthConsent.findMany()]
  for (const { clientId } of clients) {
    const grantId = `grant of ${clientId}`
    await db.oAuthRecord.create({ data: { id: grantId, kind: 'Grant', clientId, payload: '' } })
    await db.oAuthRecord.create({
      data: { id: `token of ${clientId}`, kind: 'RefreshToken', grantId, clientId, payload: '' },
    })
    const consent = { userId: 'usr_x', clientId, resource: '', scopes: 'openid', updatedAt: new Date() }
    await db.oAuthConsent.create({ data: consent })
  }
  const [first = '', second = ''] = clients.map(({ clientId }) => clientId)
  await deleteClient(caller, first)
  const kept = await given()
  expect(kept.map((rows) => rows.map(({ clientId }) => clientId))).toEqual([[second, second], [second]])
  expect(await db.oAuthClientSecret.count({ where: { clientId: first } })).toBe(0)
  expect([await findClient(first), (await findClient(second))?.id]).toEqual([null, second])
  await expect(deleteClient(caller, first)).rejects.toMatchObject({ code: 'not_found' })
  expect(await given()).toEqual(kept)
})

test('each change is one event, before and after; what is refused is none', async () => {
  const auditor = await newCaller()
  const { clientSecret = '', ...made } = await createClient(auditor, backend)
  const { clientId, secrets: [first = { id: '', hint: '' }] = [] } = made
  const updated = await updateClient(auditor, clientId, { name: 'API' })
  const { clientSecret: second, ...added } = await addSecret(auditor, clientId)
  await expect(addSecret(auditor, clientId)).rejects.toThrow()
  await expect(updateClient(auditor, clientId, { scopes: ['keys:manage'] })).rejects.toThrow()
  await removeSecret(auditor, clientId, first.id)
  await deleteClient(auditor, clientId)
  const seen = ({ clientId: _, ...view }: typeof updated, ...secrets: { hint: string }[]) => ({
    ...view,
    secrets: secrets.map(({ hint }) => hint),
  })
  const [, ...events] = await auditOf(auditor.tenant.id)
  expect(events.map(({ action, target, before, after }) => [action, target, before, after])).toEqual([
    ['client.created', { id: clientId, name: 'Backend' }, null, seen(made, first)],
    ['client.updated', { id: clientId, name: 'API' }, seen(made, first), seen(updated, first)],
    [
      'client.secret_added',
      { id: clientId, name: 'API' },
      seen(updated, first),
      { ...seen(updated, first, added), secretId: added.id },
    ],
    [
      'client.secret_removed',
      { id: clientId, name: 'API' },
      seen(updated, first, added),
      { ...seen(updated, added), secretId: first.id },
    ],
    ['client.deleted', { id: clientId, name: 'API' }, seen(updated, added), null],
  ])
  for (const { environment, actor } of events) expect([environment, actor.type]).toEqual(['live', 'operator'])
  for (const secret of [clientSecret, second]) expect(JSON.stringify(events)).not.toContain(secret.slice(3, 15))
})

describe.each([
  ['a key', { type: 'key' as const, client: null }],
  ['a client’s own token', { type: 'client' as const, client: { id: 'cli_x', name: 'Automation' } }],
])('%s', (_name, { type, client }) => {
  let weak: Caller
  beforeAll(() => {
    const actor = { type, id: 'x', name: 'x', address: null, requestId: null }
    weak = { ...caller, client, actor, scopes: new Set(['oauth:manage', 'usage:read']) }
  })
  const refused = { code: 'insufficient_scope', detail: expect.stringContaining('does not hold mpc:sign') }
  const all = () => allClients(caller)

  test('gives a client no scope that it does not hold', async () => {
    const before = await all()
    await expect(createClient(weak, backend)).rejects.toMatchObject(refused)
    expect(await all()).toEqual(before)
    const within: ClientCreate = { ...backend, scopes: ['openid', 'profile', 'offline_access', 'usage:read'] }
    const { clientId } = await createClient(weak, within)
    const made = await all()
    await expect(updateClient(weak, clientId, { scopes: ['usage:read', 'mpc:sign'] })).rejects.toMatchObject(refused)
    expect(await all()).toEqual(made)
    expect((await updateClient(weak, clientId, { scopes: ['usage:read'] })).scopes).toEqual(['usage:read'])
  })

  test('gets no hold of a client that may more: no secret of it, no redirect URI in it', async () => {
    const { clientId } = await createClient(caller, backend)
    const before = await all()
    await expect(addSecret(weak, clientId)).rejects.toMatchObject(refused)
    const redirectUris = ['https://evil.example/cb']
    await expect(updateClient(weak, clientId, { redirectUris })).rejects.toMatchObject(refused)
    await expect(updateClient(weak, clientId, { name: 'Mine' })).rejects.toMatchObject(refused)
    expect(await all()).toEqual(before)
    expect(await updateClient(weak, clientId, { scopes: ['usage:read'], redirectUris })).toMatchObject({ redirectUris })
    expect((await addSecret(weak, clientId)).clientSecret).toMatch(/^cs_/)
    expect((await updateClient(caller, clientId, { scopes: [...scopeNames].slice(0, 3) })).scopes).toHaveLength(3)
  })
})
