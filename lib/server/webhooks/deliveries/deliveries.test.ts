import { expect, test } from 'vitest'
import { mostCounted } from '#lib/contract/most-counted.ts'
import { isOnPostgresql, testOnSqlite } from '../../../setup/on-sqlite.ts'
import { plansOf } from '../../../setup/query-plans.ts'
import { caller, deliveriesTo, happens, hour, listen, receiving } from '../../../setup/webhook-sending.ts'
import { clock } from '../../clock.ts'
import { database, Prisma } from '../../db/database.ts'
import { deleteWebhook } from '../endpoints.ts'
import { webhookFigures } from '../figures/figures.ts'
import * as due from '../sending/due/store.ts'
import { sendDue } from '../sending/sender.ts'
import * as sending from '../sending/store.ts'
import { countUndelivered, listDeliveries, recover } from './deliveries.ts'

/** An endpoint with as many deliveries as are wanted, each a second older than the one before; every other one failed. */
async function longLog(count: number): Promise<string> {
  const { id } = await listen('https://nothing.invalid/', ['key.created'])
  await happens('again and again')
  const [delivery] = await deliveriesTo(id)
  const db = await database()
  const older = Prisma.raw(
    isOnPostgresql
      ? `"createdAt" - "i" * interval '1 second'`
      : `strftime('%Y-%m-%dT%H:%M:%f', "createdAt", '-' || "i" || ' seconds') || '+00:00'`,
  )
  await db.$executeRaw`
    WITH RECURSIVE "n"("i") AS (SELECT 1 UNION ALL SELECT "i" + 1 FROM "n" WHERE "i" < ${count})
    INSERT INTO "WebhookDelivery"
      ("id", "eventId", "endpointId", "tenantId", "environment", "status", "scheduledAt", "attempts", "createdAt")
    SELECT 'dlv_' || "i" || "id", "eventId", "endpointId", "tenantId", "environment",
           CASE WHEN "i" % 2 = 0 THEN 'failed' ELSE 'delivered' END, "scheduledAt", 10,
           ${older}
    FROM "WebhookDelivery", "n" WHERE "id" = ${delivery?.id}`
  await db.webhookDelivery.delete({ where: { id: delivery?.id ?? '' } })
  return id
}

test('figures say what arrived in each hour, what waits, and how long answers take', async () => {
  const receiver = await receiving()
  const { id } = await listen(receiver.url)
  for (const name of ['one', 'two']) await happens(name)
  await sendDue()
  receiver.answer = 500
  await happens('three')
  await sendDue()
  const { hours, waiting, waitingSince, medianMilliseconds } = await webhookFigures(caller, id)
  const sum = (of: 'deliveries' | 'delivered') => hours.reduce((all, one) => all + one[of], 0)
  expect([hours.length, sum('deliveries'), sum('delivered'), waiting]).toEqual([24, 3, 2, 1])
  expect([waitingSince, medianMilliseconds]).toEqual([expect.stringMatching(/Z$/), expect.any(Number)])
  await deleteWebhook(caller, id)
})

test('figures that many look at are read once', async () => {
  const { id } = await listen('https://nothing.invalid/')
  const [one, other] = await Promise.all([webhookFigures(caller, id), webhookFigures(caller, id)])
  expect(other).toBe(one)
  await deleteWebhook(caller, id)
})

test('of a log no more is counted than a thousand and one, and its pages have each delivery once, newest first', async () => {
  const id = await longLog(2 * mostCounted + 10)
  expect(await countUndelivered(caller, id)).toBe(mostCounted + 1)
  // Many of them came at once.
  const [at = new Date()] = (await deliveriesTo(id))
    .map(({ createdAt }) => createdAt)
    .toReversed()
    .slice(100)
  const db = await database()
  await db.webhookDelivery.updateMany({ where: { endpointId: id, createdAt: { gte: at } }, data: { createdAt: at } })
  const orderBy = [{ createdAt: 'desc' as const }, { id: 'desc' as const }]
  const all = await db.webhookDelivery.findMany({ where: { endpointId: id }, orderBy })
  for (const [query, statuses] of [
    [{}, ['delivered', 'failed']],
    [{ status: 'undelivered' }, ['failed']],
    [{ status: 'delivered' }, ['delivered']],
  ] as const) {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await listDeliveries(caller, id, { ...query, limit: 35, cursor })
      seen.push(...page.data.map((delivery) => delivery.id))
      cursor = page.nextCursor ?? undefined
    } while (cursor && seen.length < 105)
    const expected = all.filter(({ status }) => statuses.includes(status as never))
    expect(seen).toEqual(expected.slice(0, 105).map((delivery) => delivery.id))
  }
  expect((await listDeliveries(caller, id, { cursor: 'dlv_of_another_endpoint' })).data).toEqual([])
  await deleteWebhook(caller, id)
})

test('whoever recovers again and again at an endpoint that is dead comes to an end, and later begins once more', async () => {
  const id = await longLog(4_000)
  const began = clock.now()
  clock.now = () => began
  const since = new Date(began - 24 * hour).toISOString()
  const db = await database()
  const again = async () => {
    const answer = await recover(caller, id, { since })
    // Each of them fails again.
    const where = { endpointId: id, status: 'pending' }
    await db.webhookDelivery.updateMany({ where, data: { scheduled: 2, attempts: 12, dueAt: new Date(began + hour) } })
    return answer
  }
  expect([await again(), await again(), await again()]).toEqual([
    { recovered: 1_000, more: true },
    { recovered: 1_000, more: false },
    { recovered: 0, more: false },
  ])
  clock.now = () => began + 5 * 60_000 + 1
  expect([await again(), await again(), await again()]).toEqual([
    { recovered: 1_000, more: true },
    { recovered: 1_000, more: false },
    { recovered: 0, more: false },
  ])
  await deleteWebhook(caller, id)
})

testOnSqlite(
  'the log, its figures and the sender find what they read by an index, in its order, and go through no table',
  async () => {
    await due.firstDue()
    await due.longestDue(10)
    await due.waiting('', 10)
    await sending.giveUp(['we_none'], 10)
    await sending.claim('none', new Date(), [{ endpointId: 'we_none', most: 1 }])
    await sending.giveBack(['none'])
    await sending.sweep(new Date(0), 10)
    const kinds = ['SELECT', 'WITH', 'INSERT', 'UPDATE', 'DELETE']
    const plans = [...plansOf('WebhookDelivery', kinds), ...plansOf('"WebhookEvent"', kinds)]
    const steps = plans.map((step) => step.replace(/Webhook[DE]\w+?_(\w+)_idx/, '$1'))
    for (const step of [
      'COVERING INDEX endpointId_createdAt_id_status (endpointId=? AND (createdAt,id)<(?,?))',
      'COVERING INDEX endpointId_status_createdAt_id (endpointId=? AND status=? AND (createdAt,id)<(?,?))',
      'COVERING INDEX endpointId_createdAt_id_status (endpointId=? AND createdAt>? AND createdAt<?)',
      'COVERING INDEX endpointId_status_createdAt_id (endpointId=? AND status=?)',
      'COVERING INDEX endpointId_status_createdAt_id (endpointId=? AND status=? AND createdAt>?)',
      'INDEX waiting (endpointId=?)',
      'INDEX begun (endpointId=? AND scheduledAt>? AND scheduledAt<?)',
      'COVERING INDEX due (dueAt<?)',
      'COVERING INDEX due (dueAt>?)',
      'INDEX due_at_endpoint (endpointId=? AND dueAt<?)',
      'COVERING INDEX due_at_endpoint (endpointId>?)',
      'INDEX under_way (lease=?)',
    ]) {
      expect(steps).toContain(`SEARCH WebhookDelivery USING ${step}`)
    }
    expect(steps).toContain('SEARCH WebhookEvent USING INDEX createdAt (createdAt<?)')
    const ofFew = ['CONSTANT ROW', 'longest', 'latest', 'some', 'next', 'n'].map((name) => `SCAN ${name}`)
    expect(steps.filter((step) => step.startsWith('SCAN') && !ofFew.includes(step))).toEqual([])
    // The endpoints of what is due longest.
    const sorts = ['USE TEMP B-TREE FOR GROUP BY', 'USE TEMP B-TREE FOR ORDER BY']
    expect([...new Set(steps.filter((step) => step.startsWith('USE')))]).toEqual(sorts)
  },
)
