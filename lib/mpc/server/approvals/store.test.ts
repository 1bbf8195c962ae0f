import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, expect, test } from 'vitest'
import { clock, later } from '../clock.ts'
import { closeDatabase, transaction } from '../db/database.ts'
import { removeExpired, use } from './store.ts'

const { now } = clock
afterEach(() => {
  clock.now = now
})
afterAll(closeDatabase)

test('an approval that was used stays so for a process whose clock is behind, and is forgotten when it is good nowhere', async () => {
  const jti = randomUUID()
  const expiresAt = later(120_000)
  const used = () => transaction((tx) => use(jti, expiresAt, tx))
  expect(await used()).toBe(true)
  clock.now = () => now() + 5 * 60_000
  await removeExpired()
  clock.now = now
  expect(await used()).toBe(false)
  clock.now = () => now() + 2 * 3_600_000
  await removeExpired()
  expect(await used()).toBe(true)
})
