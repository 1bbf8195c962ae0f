import { setTimeout as elapse } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import type { UsageEvent } from '#lib/contract/usage-events.ts'
import { isOnPostgresql } from '../../../setup/on-sqlite.ts'
import { freePort, serve } from '../../../setup/serve.ts'
import { env } from '../../env.ts'
import { mpcServiceToken } from '../../service-tokens/service-tokens.ts'
import { actFor, createTenant } from '../../tenants/tenants.ts'
import { report } from '../report.ts'

// The proof that an event counts once, whatever happens to the server that is told of it: it is killed at random moments,
// and what was told is told again until it is answered, as the MPC server does.

vi.setConfig({ testTimeout: 120_000 })

const senders = 4
const perBatch = 20

test('events that are told again after a kill count once, and those that were answered are there', async () => {
  const { id: tenantId, name: tenantName } = await createTenant({ name: 'Shop', slug: 'shop' })
  const token = await mpcServiceToken()
  const settings = { DATA_DIR: env().dataDir, PORT: String(await freePort()) }
  const url = `http://localhost:${settings.PORT}/v1/usage/events`
  let told = 0
  let again = 0
  let ending = false

  const event = (): UsageEvent => ({
    ...{ specversion: '1.0', id: crypto.randomUUID(), source: 'https://mpc.example', type: 'mpc.request' },
    data: {
      ...{ tenantId, tenantName, environment: 'live', operation: 'mpc.sign.finish', status: 'OK', azp: 'aKey' },
      at: new Date().toISOString(),
    },
  })

  /** Tells one batch after the other; each until it is answered. */
  async function send(): Promise<void> {
    while (!ending) {
      const body = JSON.stringify(Array.from({ length: perBatch }, event))
      const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/cloudevents-batch+json' }
      for (;;) {
        const answer = await fetch(url, { method: 'POST', headers, body }).catch(() => undefined)
        const { accepted, duplicates } = answer?.ok ? await answer.json().catch(() => ({})) : {}
        if (accepted + duplicates === perBatch) break
        again++
        await elapse(20)
      }
      told += perBatch
    }
  }

  let server = await serve('start', settings)
  const all = Promise.all(Array.from({ length: senders }, send))
  for (let kill = 0; kill < (isOnPostgresql ? 1 : 3); kill++) {
    const before = told
    await expect.poll(() => told).toBeGreaterThan(before)
    await elapse(Math.random() * 300)
    await server.stop('SIGKILL')
    server = await serve('start', settings)
  }
  ending = true
  await all
  await server.stop()
  expect(again).toBeGreaterThan(0)
  const { totals, meters } = await report(await actFor(tenantId, 'live'), { groupBy: 'key' })
  expect([totals.requests, meters.totals['mpc.signed']]).toEqual([told, told])
})
