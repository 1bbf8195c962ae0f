import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { isOnPostgresql } from '../../../setup/on-sqlite.ts'
import { told } from '../told.ts'
import { database, type Transaction, transaction } from './database.ts'

const signed = (tx: Transaction, keyId: string) =>
  tx.signed.create({ data: { id: randomUUID(), keyId, at: new Date() } })
const countOf = async (keyId: string) => (await database()).signed.count({ where: { keyId } })

test('of thirty transactions at once that count and then add, each saw those before it, or is refused as unavailable', async () => {
  const keyId = randomUUID()
  const add = () =>
    transaction(async (tx) => {
      const before = await tx.signed.count({ where: { keyId } })
      await signed(tx, keyId)
      return before
    })
  const ended = await Promise.allSettled(Array.from({ length: 30 }, add))
  const seen = ended.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const refused = ended.flatMap((one) => (one.status === 'rejected' ? [told(one.reason).message] : []))
  expect(seen.toSorted((one, other) => one - other)).toEqual(seen.map((_, at) => at))
  expect(refused.filter((words) => !words.startsWith('[unavailable]'))).toEqual([])
  expect(await countOf(keyId)).toBe(seen.length)
})

// On SQLite a transaction is alone: none comes between.
test.runIf(isOnPostgresql)('one that loses to another one each time is unavailable, and changed nothing', async () => {
  const [mine, others] = [randomUUID(), randomUUID()]
  let tries = 0
  const lost = transaction(async (tx) => {
    tries += 1
    await tx.signed.count({ where: { keyId: others } })
    await transaction(async (between) => {
      await between.signed.count({ where: { keyId: mine } })
      await signed(between, others)
    })
    await signed(tx, mine)
  })
  await expect(lost).rejects.toMatchObject({ name: 'StorageUnavailable', code: 'unavailable' })
  expect(tries).toBeGreaterThan(1)
  expect([await countOf(mine), await countOf(others)]).toEqual([0, tries])
})
