import { expect, test } from 'vitest'
import { plansOf } from '../../../setup/query-plans.ts'
import { database } from '../../db/database.ts'
import { actFor, createTenant } from '../../tenants/tenants.ts'
import { countUsers, findUsers, listUsers, newestUsers } from './users.ts'

const many = 100_000

/** A tenant with a hundred thousand users in its test environment, each with a passkey; ten of them came at each moment. */
async function crowd() {
  const { id: tenantId } = await createTenant({ name: 'Crowd', slug: `c-${crypto.randomUUID().slice(0, 13)}` })
  const db = await database()
  for (const [environment, count] of [
    ['test', many],
    ['live', 100],
  ] as const) {
    await db.$executeRaw`
      WITH RECURSIVE "n"("i") AS (SELECT 1 UNION ALL SELECT "i" + 1 FROM "n" WHERE "i" < ${count})
      INSERT INTO "User" ("id", "tenantId", "environment", "username", "displayName", "createdAt")
      SELECT 'usr_' || ${environment} || "i" || ${tenantId}, ${tenantId}, ${environment}, 'user' || "i", 'U',
             strftime('%Y-%m-%dT%H:%M:%f', '2026-01-01', '+' || ("i" / 10) || ' seconds') || '+00:00'
      FROM "n"`
  }
  await db.$executeRaw`
    INSERT INTO "Passkey" ("id", "tenantId", "environment", "userId", "credentialId", "publicKey", "algorithm",
      "signCount", "name", "aaguid", "transports", "backupEligible", "backedUp", "attestationFormat",
      "attestationTrusted", "createdAt")
    SELECT 'psk_' || "id", "tenantId", "environment", "id", "id", x'00', -7, 0, 'Passkey', 'a', '', 0, 0, 'none', 0,
      "createdAt" FROM "User" WHERE "tenantId" = ${tenantId}`
  return actFor(tenantId, 'test')
}

test('of a hundred thousand users each is listed once, newest first or by name, and no page goes through them', async () => {
  const caller = await crowd()
  for (const [query, expected] of [
    [{}, many],
    [{ username: 'user1' }, 11_112],
  ] as const) {
    const seen = new Set<string>()
    const order: string[] = []
    for (let cursor: string | undefined | null; cursor !== null; ) {
      const page = await listUsers(caller, { ...query, limit: 100, cursor })
      for (const user of page.data) {
        seen.add(user.id)
        order.push('username' in query ? user.username : user.createdAt)
      }
      cursor = page.nextCursor
    }
    expect([seen.size, order.length]).toEqual([expected, expected])
    expect(order).toEqual('username' in query ? order.toSorted() : order.toSorted().reverse())
    expect(await countUsers(caller, 'username' in query ? query.username : undefined, 2 * many)).toBe(expected)
  }
  expect(await countUsers(caller, undefined, 1_000)).toBe(1_000)
  expect((await findUsers(caller, 'user9999', 3)).map(({ username }) => username)).toEqual([
    'user9999',
    'user99990',
    'user99991',
  ])
  expect(await findUsers(caller, '')).toEqual([])
  expect((await newestUsers(caller, 2)).map(({ username }) => username)).toEqual(['user100000', 'user99999'])

  const steps = plansOf('User"')
  for (const index of [
    /^SEARCH User USING INDEX User_tenantId_environment_createdAt_id_idx \(tenantId=\? AND environment=\?\)/,
    /^SEARCH User USING INDEX User_tenantId_environment_createdAt_id_idx \(.*\(createdAt,id\)<\(\?,\?\)\)/,
    /^SEARCH User USING INDEX User_tenantId_environment_username_key \(.* AND username>\? AND username<\?\)/,
    /^SEARCH User USING COVERING INDEX User_\w+ \(tenantId=\? AND environment=\?\)/,
  ]) {
    expect(steps).toContainEqual(expect.stringMatching(index))
  }
  expect(steps.filter((step) => /^SCAN User\b|TEMP B-TREE/.test(step))).toEqual([])
})
