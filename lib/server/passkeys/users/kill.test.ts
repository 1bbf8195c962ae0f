import { expect, test, vi } from 'vitest'
import { freePort, serve } from '../../../setup/serve.ts'
import { database } from '../../db/database.ts'
import { env } from '../../env.ts'
import { createKey } from '../../keys/make-key.ts'
import { actFor, createTenant } from '../../tenants/tenants.ts'
import { createWebhook } from '../../webhooks/endpoints.ts'

// The proof that whoever is gone is told of, once, and nobody else: the server is killed while it deletes users.

vi.setConfig({ testTimeout: 120_000 })

const people = 300

test('across a kill each user is deleted with all that is told of it, or is there as before', async () => {
  const { id: tenantId } = await createTenant({ name: 'Killed', slug: `k-${crypto.randomUUID().slice(0, 13)}` })
  const caller = await actFor(tenantId, 'live')
  const { secret } = await createKey(caller, { name: 'admin', tier: 'enterprise', scopes: ['passkeys:manage'] })
  await createWebhook(caller, { url: 'https://nothing.invalid/', events: ['user.deleted', 'passkey.deleted'] })
  const db = await database()
  const of = { tenantId, environment: 'live' }
  const ids = Array.from({ length: people }, (_, at) => `usr_${at}_${tenantId}`)
  await db.user.createMany({ data: ids.map((id) => ({ id, ...of, username: id, displayName: id })) })
  const passkey = {
    ...{ publicKey: Uint8Array.of(0), algorithm: -7, signCount: 0n, name: 'Passkey', aaguid: 'a', transports: '' },
    ...{ backupEligible: false, backedUp: false, attestationFormat: 'none', attestationTrusted: false },
  }
  await db.passkey.createMany({
    data: ids.flatMap((id) =>
      ['one', 'two'].map((name) => ({
        id: `${name}${id}`,
        ...of,
        ...passkey,
        userId: id,
        credentialId: `${name}${id}`,
      })),
    ),
  })

  const server = await serve('start', { DATA_DIR: env().dataDir, PORT: String(await freePort()) })
  const answered = new Set<string>()
  const some = Promise.withResolvers<void>()
  const left = [...ids]
  const connections = Array.from({ length: 8 }, async () => {
    for (let id = left.pop(); id; id = left.pop()) {
      const headers = { Authorization: `Bearer ${secret}` }
      const { status } = await fetch(`${server.baseUrl}/v1/users/${id}`, { method: 'DELETE', headers })
      if (status === 204) answered.add(id)
      if (answered.size >= people / 6) some.resolve()
    }
  })
  const deleting = Promise.allSettled(connections)
  await some.promise
  await server.stop('SIGKILL')
  await deleting

  const where = { tenantId }
  const there = new Set((await db.user.findMany({ where })).map(({ id }) => id))
  const gone = ids.filter((id) => !there.has(id))
  expect(gone.length).toBeGreaterThanOrEqual(people / 6)
  expect(there.size).toBeGreaterThan(0)
  expect([...answered].filter((id) => there.has(id))).toEqual([])
  const events = (await db.webhookEvent.findMany({ where })).map(({ type, payload }) => ({
    type,
    ...(JSON.parse(payload).data as { userId: string; passkeyId?: string }),
  }))
  const told = (type: string) => events.filter((event) => event.type === type).map(({ userId }) => userId)
  expect(told('user.deleted').sort()).toEqual(gone.toSorted())
  expect(told('passkey.deleted').sort()).toEqual([...gone, ...gone].sort())
  expect(await db.passkey.count({ where })).toBe(2 * there.size)
  const audited = await db.auditEvent.findMany({ where: { tenantId, action: 'user.deleted' } })
  expect(audited.map(({ targetId }) => targetId).sort()).toEqual(gone.toSorted())
})
