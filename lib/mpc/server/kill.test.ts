import { randomUUID } from 'node:crypto'
import { setTimeout as elapse } from 'node:timers/promises'
import { afterAll, expect, test, vi } from 'vitest'
import { newDataDir } from '../../setup/isolated.ts'
import { startIssuer } from '../../setup/issuer.ts'
import { mpcUser } from '../../setup/mpc-user.ts'
import { serveMpc } from '../../setup/serve-mpc.ts'

// The proof that a call which was answered is counted, once, whatever happens to the server: it is killed at random moments of
// a load, and what it had answered by then is compared with what is told of it afterwards.

vi.setConfig({ testTimeout: 60_000 })

const issuer = await startIssuer()
afterAll(() => issuer.stop())

test('what was answered before a kill is counted, once, and no more than was asked', async () => {
  const settings = { MPC_ISSUER: issuer.url, MPC_USAGE_TOKEN: 'st_mpc_of-this-test', DATA_DIR: newDataDir('mpc-kill') }
  const azp = randomUUID()
  let [asked, answered] = [0, 0]
  for (let kill = 0; kill < 3; kill++) {
    const server = await serveMpc(settings)
    const users = await Promise.all([1, 2, 3, 4].map(() => mpcUser(issuer, server.url, { sub: randomUUID(), azp })))
    const loads = Promise.allSettled(
      users.map(async ({ keys, headers }) => {
        // Until the server is gone.
        for (;;) {
          asked++
          await keys.list({}, headers())
          answered++
        }
      }),
    )
    await elapse(200 + Math.random() * 500)
    await server.stop('SIGKILL')
    await loads
  }
  const last = await serveMpc(settings)
  const counted = () => new Set(issuer.usage.filter(({ data }) => data.azp === azp).map(({ id }) => id)).size
  await expect.poll(counted).toBeGreaterThanOrEqual(answered)
  expect(await last.stop()).toBe(0)
  expect(answered).toBeGreaterThan(0)
  expect(counted()).toBeLessThanOrEqual(asked)
})
