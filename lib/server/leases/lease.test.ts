import { afterEach, beforeEach, expect, test } from 'vitest'
import { database } from '../db/database.ts'
import { leaveToOthers, oneAtATime } from './one-at-a-time.ts'
import { newLease } from './store.ts'

// On PostgreSQL, too.

let name: string
beforeEach(() => {
  name = `test ${crypto.randomUUID()}`
})
afterEach(leaveToOthers)

const minute = 60_000
/** Sets how long the lease lasts from now, as a process that took it so long ago would have it. */
const lastsFor = async (milliseconds: number) =>
  (await database()).lease.update({ where: { name }, data: { until: BigInt(Date.now() + milliseconds) } })

test('of twenty that ask at once, one has it, and keeps it while it asks again', async () => {
  const leases = Array.from({ length: 20 }, () => newLease(name))
  const held = await Promise.all(leases.map((lease) => lease.hold()))
  expect(held.filter(Boolean)).toHaveLength(1)
  expect(leases.map((lease) => lease.isHeld())).toEqual(held)
  expect(await Promise.all(leases.map((lease) => lease.hold()))).toEqual(held)
})

test('what is given back another one has at once, and nobody gives back what is another’s', async () => {
  const [one, other] = [newLease(name), newLease(name)]
  expect([await one.hold(), await other.hold()]).toEqual([true, false])
  await other.release()
  expect(await other.hold()).toBe(false)
  await one.release()
  expect([one.isHeld(), await other.hold(), await one.hold()]).toEqual([false, true, false])
})

test.each([
  ['has run out', -minute, true],
  ['lies further ahead than one can, as where the clock was set back', 60 * minute, true],
  ['lasts', minute / 2, false],
])('a lease of a process that was killed is taken over where it %s', async (_what, milliseconds, taken) => {
  expect(await newLease(name).hold()).toBe(true)
  await lastsFor(milliseconds)
  expect(await newLease(name).hold()).toBe(taken)
})

test('what is done one at a time is left alone where another process is at it', async () => {
  const other = newLease(name)
  await other.hold()
  let done = 0
  const act = () => oneAtATime(name, async () => done++)
  await act()
  expect(done).toBe(0)
  await other.release()
  await act()
  await act()
  expect(done).toBe(2)
  expect(await other.hold()).toBe(false)
  await leaveToOthers()
  expect(await other.hold()).toBe(true)
})
