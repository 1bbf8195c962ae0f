import { beforeAll, expect, test, vi } from 'vitest'
import { database } from '../db/database.ts'
import { createTenant } from '../tenants/tenants.ts'
import { auditCsv, auditOfUser, latestSignIns, listAudit } from './audit.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const events = 100_000
let tenantId: string

// Sign-ins of a thousand users; ten changes among them, the newest of those behind 90,000 sign-ins.
beforeAll(async () => {
  tenantId = (await createTenant({ name: 'Shop', slug: 'long-log' })).id
  await (await database()).$executeRaw`
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${events})
    INSERT INTO "AuditEvent" ("id", "at", "tenantId", "environment", "action", "actorType", "actorId", "actorName", "address",
      "requestId", "targetId", "targetName", "after", "userId", "username")
    SELECT printf('%024d', i), '2026-01-01T00:00:00.000+00:00', ${tenantId}, 'live',
      CASE WHEN i <= 10 THEN 'key.created' ELSE 'user.signed_in' END, 'user', 'usr_' || (i % 1000), 'user-' || (i % 1000),
      '203.0.113.7', lower(hex(randomblob(16))), 'psk_' || (i % 1000), 'Phone', '{"through":"key Shop"}',
      'usr_' || (i % 1000), 'user-' || (i % 1000)
    FROM n`
})

/** How many turns of the event loop come while something runs. */
async function turnsDuring(run: () => Promise<unknown>): Promise<number> {
  let [turns, over] = [0, false]
  const turn = () => {
    turns++
    if (!over) setImmediate(turn)
  }
  setImmediate(turn)
  await run()
  over = true
  return turns
}

/** Every page of a query, by how many it has. */
async function pagesOf(query: object): Promise<number[]> {
  const sizes: number[] = []
  for (let cursor: string | undefined | null; cursor !== null; ) {
    const page = await listAudit(tenantId, { limit: 100, ...query, cursor })
    sizes.push(page.data.length)
    cursor = page.nextCursor
  }
  return sizes
}

test('changes are found behind a hundred thousand sign-ins, and a user’s own events among them', async () => {
  expect(await pagesOf({ kind: 'changes' })).toEqual([11])
  expect(await pagesOf({ action: 'key.created' })).toEqual([10])
  expect((await auditOfUser(tenantId, 'live', 'usr_7')).data).toHaveLength(50)
  expect(await pagesOf({ q: 'nobody at all' })).toEqual([0, 0, 0])
  expect((await pagesOf({ user: 'user-77' })).reduce((all, one) => all + one)).toBe(100)
  expect((await pagesOf({ q: 'USER-77' })).reduce((all, one) => all + one)).toBe(1_100)
})

test('which passkeys signed in is looked up among the latest 5,000 events, and how many those were is told', async () => {
  const range = { from: new Date('2026-01-01'), to: new Date('2026-01-02') }
  const { signIns, passed } = await latestSignIns({ tenantId, environment: 'live' }, range)
  expect([signIns.size, signIns.get('psk_7'), passed]).toEqual([1_000, 5, 5_000])
  const later = { from: range.to, to: new Date('2026-01-03') }
  expect(await latestSignIns({ tenantId, environment: 'live' }, later)).toEqual({ signIns: new Map(), passed: 5_000 })
  expect((await latestSignIns({ tenantId: 'tnt_none', environment: 'live' }, range)).passed).toBe(0)
})

test('an index leads to each list that is asked for most', async () => {
  const plan = async (where: string) =>
    (
      await (
        await database()
      ).$queryRawUnsafe<{ detail: string }[]>(
        `EXPLAIN QUERY PLAN SELECT * FROM "AuditEvent" WHERE "tenantId" = 'x' AND ${where} ORDER BY "id" DESC LIMIT 51`,
      )
    ).map(({ detail }) => detail)
  expect(await plan(`"id" < '5'`)).toEqual([expect.stringContaining('sqlite_autoindex_AuditEvent')])
  expect(await plan(`"userId" IN ('y') AND "id" < '5'`)).toEqual([expect.stringContaining('AuditEvent_user_idx')])
  const noSignIn = `"action" <> 'user.signed_in' AND "action" <> 'user.sign_in_refused'`
  expect(await plan(`${noSignIn} AND "id" < '5'`)).toEqual([expect.stringContaining('AuditEvent_but_sign_ins_idx')])
})

test('who looks through many lets others come between', async () => {
  const page = (query: object) => turnsDuring(() => listAudit(tenantId, { limit: 100, ...query }))
  expect(await page({ q: 'nobody at all' })).toBeGreaterThanOrEqual(24)
  expect(await page({ environment: 'test' })).toBeGreaterThanOrEqual(24)
})

test('an export is all of it, a piece at a time', async () => {
  let [lines, longest] = [0, 0]
  for await (const piece of auditCsv(tenantId, {})) {
    longest = Math.max(longest, piece.length)
    lines += piece.split('\r\n').length - 1
  }
  expect(lines).toBe(events + 2)
  expect(longest).toBeLessThan(100_000)
})
