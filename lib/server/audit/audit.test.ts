import { beforeAll, expect, test, vi } from 'vitest'
import { type Actor, operator } from '../caller.ts'
import { clock } from '../clock.ts'
import { database } from '../db/database.ts'
import { writeApiKey } from '../keys/api-key.ts'
import { updateKey } from '../keys/keys.ts'
import { createKey } from '../keys/make-key.ts'
import { actFor, createTenant } from '../tenants/tenants.ts'
import { listAudit, record, recordAlone } from './audit.ts'
import type { StoredEvent } from './store.ts'

let tenantId: string
beforeAll(async () => {
  tenantId = (await createTenant({ name: 'Shop', slug: 'shop' })).id
})

const events = async () => (await listAudit(tenantId, { limit: 100 })).data

test('the log only grows: the database itself changes and deletes nothing of it', async () => {
  const db = await database()
  const before = await events()
  expect(before).toHaveLength(1)
  const id = before[0]?.id ?? ''
  const where = { tenantId_id: { tenantId, id } }
  const tries = [
    () => db.auditEvent.update({ where, data: { actorName: 'Nobody' } }),
    () => db.auditEvent.delete({ where }),
    () => db.auditEvent.deleteMany(),
    () => db.$executeRaw`UPDATE "AuditEvent" SET "at" = "at"`,
    () => db.$executeRaw`DELETE FROM "AuditEvent"`,
  ]
  for (const attempt of tries) {
    const refusal = await attempt().then(
      () => 'done',
      (error) => JSON.stringify(error),
    )
    expect(refusal, String(attempt)).toContain('The audit log only grows.')
  }
  expect(await events()).toEqual(before)
  await db.$transaction((tx) =>
    record(tx, operator, { tenantId, action: 'quota.updated', target: { id: tenantId, name: 'Shop' } }),
  )
  expect(await events()).toEqual([expect.objectContaining({ action: 'quota.updated' }), ...before])
})

test('an event and its change are there together, or neither is', async () => {
  const db = await database()
  const before = await events()
  const failed = db.$transaction(async (tx) => {
    await record(tx, operator, { tenantId, action: 'quota.updated', target: { id: tenantId, name: 'Shop' } })
    throw new Error('The change failed.')
  })
  await expect(failed).rejects.toThrow('The change failed.')
  expect(await events()).toEqual(before)
})

test('a secret that got into a name is not in the log', async () => {
  const secret = writeApiKey('live')
  const actor: Actor = { type: 'key', id: 'x', name: `Key ${secret}`, address: '203.0.113.7', requestId: 'r' }
  const caller = await actFor(tenantId, 'live', actor)
  // A name is 64 characters at most: it holds a key that was cut off, and that is secret, too.
  const made = await createKey(caller, { name: secret.slice(0, 60), scopes: ['usage:read'] })
  await updateKey(caller, made.id, { name: 'Plain' })
  const rows = await (await database()).auditEvent.findMany({ where: { tenantId } })
  expect(JSON.stringify(rows)).not.toContain(secret.slice(21, 50))
  expect((await events())[0]).toMatchObject({
    actor: { name: 'Key [redacted]' },
    target: { id: made.id, name: 'Plain' },
    before: { name: '[redacted]' },
    after: { name: 'Plain', hint: made.hint },
  })
})

test('events come newest first, a page at a time, and can be looked for', async () => {
  const caller = await actFor(tenantId, 'test')
  for (const name of ['one', 'two', 'three']) await createKey(caller, { name, scopes: ['usage:read'] })
  const names: string[] = []
  let cursor: string | undefined
  do {
    const page = await listAudit(tenantId, { limit: 2, cursor, environment: 'test' })
    names.push(...page.data.map(({ target }) => target.name))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  expect(names).toEqual(['three', 'two', 'one'])
  const found = async (query: object) => (await listAudit(tenantId, { limit: 100, ...query })).data.length
  expect(await found({ q: 'thr' })).toBe(1)
  expect(await found({ q: '203.0.113.7' })).toBe(2)
  expect(await found({ q: '%' })).toBe(0)
  expect(await found({ action: 'key.updated' })).toBe(1)
  expect(await found({ to: '2020-01-01' })).toBe(0)
  const other = await createTenant({ name: 'Bank', slug: 'bank' })
  expect((await listAudit(other.id, { limit: 100 })).data.map(({ action }) => action)).toEqual(['tenant.created'])
})

test('a cursor from when events were numbered goes on where it did; what is none is refused', async () => {
  const { id } = await createTenant({ name: 'Old', slug: 'old-cursors' })
  const db = await database()
  const [{ id: _, ...event }] = (await db.auditEvent.findMany({ where: { tenantId: id } })) as [StoredEvent]
  const numbered = ['7', '12', '105'].map((number) => ({ ...event, id: number.padStart(24, '0'), targetName: number }))
  await db.auditEvent.createMany({ data: numbered })
  const names = async (cursor?: string) =>
    (await listAudit(id, { limit: 100, cursor })).data.map(({ target }) => target.name)
  expect(await names()).toEqual(['Old', '105', '12', '7'])
  expect(await names('105')).toEqual(['12', '7'])
  expect(await names('7')).toEqual([])
  for (const cursor of ['', 'x', '-1', '7 OR 1', 'A'.repeat(24)]) {
    await expect(names(cursor)).rejects.toMatchObject({ code: 'invalid_request' })
  }
})

test('events of one millisecond come in the order in which they were written, and of a clock that was turned back, too', async () => {
  const { id } = await createTenant({ name: 'Order', slug: 'order' })
  const now = vi.spyOn(clock, 'now')
  try {
    const moments = [...Array(20).fill(Date.now() + 5_000), ...Array(5).fill(Date.now() - 3_600_000)]
    for (const [number, moment] of moments.entries()) {
      now.mockReturnValue(moment)
      const event = { tenantId: id, action: 'quota.updated', target: { id: String(number), name: '' } } as const
      if (number % 2) await recordAlone(operator, event)
      else await (await database()).$transaction((tx) => record(tx, operator, event))
    }
  } finally {
    now.mockRestore()
  }
  const found = (await listAudit(id, { limit: 100 })).data.map(({ target }) => target.id).reverse()
  expect(found).toEqual([id, ...Array.from({ length: 25 }, (_, number) => String(number))])
})
