import { expect } from 'vitest'
import { testOnSqlite } from '../../setup/on-sqlite.ts'
import type { Place } from '../caller.ts'
import { database } from '../db/database.ts'
import { exposition } from '../metrics/metrics.ts'
import { newRequestId } from '../request-id.ts'
import { createTenant } from '../tenants/tenants.ts'
import { flushLogs, note } from './note.ts'
import { read } from './row.ts'

/** Notes requests of a place; their ids. */
function noted(place: Place, requests: number): string[] {
  return Array.from({ length: requests }, () => {
    const id = newRequestId()
    const nothing = {
      userId: null,
      username: null,
      code: null,
      reason: null,
      detail: null,
      expected: null,
      actual: null,
    }
    const asked = { operation: 'tenant.read', call: 'GET /v1/tenant', status: 200, milliseconds: 1, askerId: 'key' }
    note(place, { id, ...asked, address: null, ...nothing })
    return id
  })
}

async function dropped(): Promise<number> {
  const { text } = await exposition()
  return Number(/^logs_dropped_total (\d+)$/m.exec(text)?.[1] ?? 0)
}

testOnSqlite(
  'what the database does not take waits for it, and the oldest of too much is dropped and counted',
  async () => {
    const place: Place = { tenantId: (await createTenant({ name: 'Full', slug: 'full' })).id, environment: 'test' }
    const db = await database()
    const rows = async () => (await db.logLot.findMany({ where: { tenantId: place.tenantId } })).map(({ rows }) => rows)
    await db.$queryRawUnsafe('PRAGMA query_only = ON')
    const first = noted(place, 500)
    await flushLogs()
    expect(await rows()).toEqual([])
    const later = noted(place, 11_000)
    await flushLogs()
    await db.$queryRawUnsafe('PRAGMA query_only = OFF')
    await flushLogs()
    const kept = new Set((await rows()).flatMap(read).map(({ id }) => id))
    const written = [...first, ...later].filter((id) => kept.has(id))
    expect(written.length).toBeLessThanOrEqual(10_000)
    expect(written.length).toBeGreaterThan(8_000)
    expect(written).toEqual(later.slice(-written.length))
    expect(await dropped()).toBe(first.length + later.length - written.length)
  },
)
