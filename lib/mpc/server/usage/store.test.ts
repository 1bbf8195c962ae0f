import { randomUUID } from 'node:crypto'
import { statSync } from 'node:fs'
import { afterAll, expect } from 'vitest'
import { fileOf } from '#lib/foundation/database-place.ts'
import { testOnSqlite } from '../../../setup/on-sqlite.ts'
import { closeDatabase } from '../db/database.ts'
import { env } from '../env.ts'
import { add, oldest, settle } from './store.ts'

afterAll(closeDatabase)

const newEvents = () => Array.from({ length: 100 }, () => ({ id: randomUUID(), event: '{}' }))
const ids = (events: { id: string }[]) => events.map(({ id }) => id).sort()

testOnSqlite('calls that are counted at once go to the disk together, and each is there', async () => {
  /** So much is written by some work to the log that SQLite keeps of its transactions. */
  const written = async (work: () => Promise<unknown>) => {
    const size = () => statSync(`${fileOf(env().database)}-wal`, { throwIfNoEntry: false })?.size ?? 0
    const before = size()
    await work()
    return size() - before
  }
  const first = { id: randomUUID(), event: '{}' }
  await add(first)
  const [inTurn, atOnce] = [newEvents(), newEvents()]
  const byOnes = await written(async () => {
    for (const event of inTurn) await add(event)
  })
  const together = await written(() => Promise.all(atOnce.map((event) => add(event))))
  expect(together).toBeGreaterThan(0)
  expect(together).toBeLessThan(byOnes / 5)
  expect(ids(await oldest(300))).toEqual(ids([first, ...inTurn, ...atOnce]))

  // One that cannot be written takes those with it that would have gone with it, and none that come later.
  const outcomes = await Promise.allSettled([add({ id: randomUUID(), event: '{}' }), add(first), add(first)])
  expect(outcomes.map(({ status }) => status)).toContain('rejected')
  const later = { id: randomUUID(), event: '{}' }
  await add(later)
  expect(ids(await oldest(300))).toContain(later.id)
  await settle(await oldest(300), [])
})
