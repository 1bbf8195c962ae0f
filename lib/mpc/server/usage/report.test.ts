import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { startIssuer } from '../../../setup/issuer.ts'
import type { Call } from '../call.ts'
import { clock } from '../clock.ts'
import { closeDatabase } from '../db/database.ts'
import { count } from './outbox.ts'
import { beginReporting, endReporting } from './report.ts'
import { oldest } from './store.ts'

const issuer = await startIssuer()
Object.assign(process.env, { MPC_ISSUER: issuer.url, MPC_USAGE_TOKEN: 'st_mpc_of-this-test' })

/** The server’s clock, which stands still until the test turns it. */
const waiting: { milliseconds: number; run: () => void }[] = []
let now = Date.now()
clock.now = () => now
clock.after = (milliseconds, run) => {
  waiting.push({ milliseconds, run })
  return setTimeout(() => undefined)
}

/** Lets the time pass until the next report, and waits for what comes of it; how long that was. */
async function pass(): Promise<number> {
  await expect.poll(() => waiting.length, { interval: 5 }).toBe(1)
  const [{ milliseconds, run } = { milliseconds: 0, run: () => undefined }] = waiting.splice(0)
  now += milliseconds
  run()
  return milliseconds
}

afterAll(async () => {
  await endReporting()
  await closeDatabase()
  await issuer.stop()
})

const pending = async () => (await oldest(1_000)).length
const caller = { tenantId: 'tnt_acme', tenantName: 'Acme Wallet', environment: 'test', sub: 'usr_ada' }
const called = () =>
  count({ id: randomUUID(), caller, operation: 'mpc.key.list', counted: false } as unknown as Call, 'OK')

test('while the usage service is away for a quarter of an hour, calls are kept; when it is back all are told, each in its own time', async () => {
  const began = now
  await issuer.away()
  await called()
  beginReporting()
  expect(await pass()).toBe(0)
  const waits: number[] = []
  let calls = 1
  while (now - began < 15 * 60_000) {
    for (let call = 0; call < 5; call++) await called()
    calls += 5
    waits.push(await pass())
  }
  expect(waits.slice(0, 7)).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000])
  expect(Math.max(...waits)).toBe(60_000)
  expect(calls).toBeGreaterThan(60)
  expect([await pending(), issuer.usage.length]).toEqual([calls, 0])

  // The last try is over, too.
  await expect.poll(() => waiting.length).toBe(1)
  await issuer.back()
  await pass()
  await expect.poll(pending).toBe(0)
  expect(issuer.usage).toHaveLength(calls)
  expect(new Set(issuer.usage.map(({ id }) => id)).size).toBe(calls)
  const times = issuer.usage.map(({ data }) => Date.parse(String(data.at)) - began)
  expect(times.slice(0, 7)).toEqual([0, 0, 0, 0, 0, 0, 2_000])
  expect(times.at(-1)).toBeGreaterThan(13 * 60_000)

  // Afterwards a call is told at once again.
  await called()
  expect(await pass()).toBe(250)
  await expect.poll(pending).toBe(0)
  expect(issuer.usage).toHaveLength(calls + 1)
})
