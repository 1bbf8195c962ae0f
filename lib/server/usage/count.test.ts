import { setImmediate as endOfTurn } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fileOf } from '#lib/foundation/database-place.ts'
import { commitsDuring } from '../../setup/bench/commits.ts'
import type { Caller } from '../caller.ts'
import { env } from '../env.ts'
import { authenticate } from '../keys/authenticate.ts'
import { createKey } from '../keys/make-key.ts'
import { actFor, createTenant } from '../tenants/tenants.ts'
import { count } from './count.ts'

let caller: Caller
let other: Database.Database
beforeAll(async () => {
  const tenant = await createTenant({ name: 'Shop', slug: 'shop' })
  const { secret } = await createKey(await actFor(tenant.id, 'live'), { name: 'x', scopes: ['usage:read'] })
  caller = await authenticate(secret)
  other = new Database(fileOf(env().database))
})
afterAll(() => other.close())

const counted = (operation: string) => count(caller, { operation, outcome: 'ok', requests: 1, inFlight: 1 })
const stored = (operation: string) =>
  other.prepare('SELECT coalesce(sum("requests"), 0) FROM "UsageShard" WHERE "operation" = ?').pluck().get(operation)

test('a count is on disk when it is answered, in whichever turn it came, and once', async () => {
  let answered = 0
  const all = []
  for (let turn = 0; turn < 30; turn++) {
    for (let request = 0; request <= turn % 4; request++) {
      const checked = async () => {
        await counted('each')
        answered++
        expect(stored('each')).toBeGreaterThanOrEqual(answered)
      }
      all.push(checked())
    }
    await endOfTurn()
  }
  await Promise.all(all)
  expect(stored('each')).toBe(all.length)
})

test('counts of two turns, one after the other, share a commit', async () => {
  const commits = await commitsDuring(fileOf(env().database), async () => {
    const first = [counted('shared'), counted('shared')]
    await endOfTurn()
    await Promise.all([...first, counted('shared')])
  })
  expect([commits, stored('shared')]).toEqual([1, 3])
})

test('counts that cannot be written are refused, and the next ones are written', async () => {
  other.exec('ALTER TABLE "UsageShard" RENAME TO "Elsewhere"')
  const outcomes = await Promise.allSettled([counted('again'), counted('again')])
  other.exec('ALTER TABLE "Elsewhere" RENAME TO "UsageShard"')
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await counted('again')
  expect(stored('again')).toBe(1)
})
