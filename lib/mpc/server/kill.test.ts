import { randomInt } from 'node:crypto'
import { setTimeout as elapse } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { Client } from '#lib/sdk/client.ts'
import { env } from '../../server/env.ts'
import { createKey } from '../../server/keys/make-key.ts'
import { mpcServiceToken } from '../../server/service-tokens/service-tokens.ts'
import { actFor, createTenant } from '../../server/tenants/tenants.ts'
import { mpcUser, refusalOf } from '../../setup/mpc-user.ts'
import { freePort, serve } from '../../setup/serve.ts'
import { serveMpc } from '../../setup/serve-mpc.ts'
import { SoftwareAuthenticator } from '../../testing/authenticator.ts'
import { oldest } from './usage/store.ts'

/** How a call ends that the MPC server answered for its user, who may call too often. */
const outcomes = new Set(['answered', 'not_found', 'rate_limited'])

// The proof that a call which was answered is counted, once, whatever happens to either server: they are killed at random
// moments of a load, and what was answered is compared with what GET /v1/usage says afterwards. MPC_KILLS=n MPC_SEED=s.

const kills = Number(process.env.MPC_KILLS ?? 2)
const seed = Number(process.env.MPC_SEED ?? randomInt(2 ** 31))
vi.setConfig({ testTimeout: 120_000 + kills * 10_000 })

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomOf(state: number): () => number {
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

test(`what was answered before a kill -9 of either server is counted, once (seed ${seed})`, async () => {
  const random = randomOf(seed)
  const { id: tenantId } = await createTenant({ name: 'Acme Wallet', slug: 'acme-wallet' })
  const actor = await actFor(tenantId, 'live')
  const scopes = ['passkeys:register', 'passkeys:authenticate'] as const
  const issuing = await Promise.all(['One', 'Two'].map((name) => createKey(actor, { name, scopes: [...scopes] })))
  const watching = await createKey(actor, { name: 'Watcher', scopes: ['usage:read'] })

  const settings = { DATA_DIR: env().dataDir, PORT: String(await freePort()) }
  const ofMpc = {
    DATA_DIR: env().dataDir,
    MPC_PORT: String(await freePort()),
    MPC_ISSUER: `http://localhost:${settings.PORT}`,
    MPC_USAGE_TOKEN: await mpcServiceToken(),
  }
  let web = await serve('start', settings)
  let mpc = await serveMpc(ofMpc)

  let ending = false
  const answered: Record<string, number> = {}
  const note = (name: string) => {
    answered[name] = (answered[name] ?? 0) + 1
  }

  /** Calls of a user whose token a key issued, one after the other, as long as the test goes on. */
  async function load(key: (typeof issuing)[number], username: string): Promise<void> {
    const client = new Client({ apiKey: key.secret, baseUrl: web.baseUrl, maxRetries: 0 })
    const authenticator = new SoftwareAuthenticator({ origin: web.baseUrl })
    await client.passkeys.register({ username }, { credential: (options) => authenticator.create(options) })
    const { token } = await client.passkeys.signIn(
      { username },
      { credential: (options) => authenticator.get(options) },
    )
    const { keys, headers } = await mpcUser({ token: async () => token }, mpc.url)
    const ask = async (operation: string, call: Promise<unknown>) => {
      const outcome = await refusalOf(call).then(
        ({ reason }) => reason,
        () => 'answered',
      )
      if (outcome && outcomes.has(outcome)) for (const name of [key.id, operation]) note(name)
      else await elapse(20)
    }
    while (!ending) {
      await ask('mpc.key.list', keys.list({}, headers()))
      await ask('mpc.key.get', keys.get({ keyId: 'mpk_nobodys' }, headers()))
    }
  }

  const loads = Promise.all(issuing.flatMap((key) => ['ada', 'bob'].map((name) => load(key, `${name}-${key.id}`))))
  for (let kill = 0; kill < kills; kill++) {
    const before = answered['mpc.key.get'] ?? 0
    await expect.poll(() => answered['mpc.key.get'] ?? 0).toBeGreaterThan(before)
    await elapse(random() * 600)
    const [killMpc, killWeb] = [kill % 3 !== 2, kill % 3 !== 0]
    await Promise.all([killMpc && mpc.stop('SIGKILL'), killWeb && web.stop('SIGKILL')])
    await Promise.all([
      killMpc &&
        serveMpc(ofMpc).then((server) => {
          mpc = server
        }),
      killWeb &&
        serve('start', settings).then((server) => {
          web = server
        }),
    ])
  }
  ending = true
  await loads

  await expect.poll(() => oldest(1)).toEqual([])
  const client = new Client({ apiKey: watching.secret, baseUrl: web.baseUrl })
  const { data } = await client.usage({ groupBy: 'operation' })
  const byKey = (await client.usage({ groupBy: 'key' })).data
  const calls = (name: string) => data.find(({ operation }) => operation === name) ?? { requests: 0, errors: 0 }
  // An answer may be lost on its way for each of the loads at each kill, and no more.
  for (const operation of ['mpc.key.list', 'mpc.key.get']) {
    const { requests } = calls(operation)
    expect(requests).toBeGreaterThanOrEqual(answered[operation] ?? 0)
    expect(requests).toBeLessThanOrEqual((answered[operation] ?? 0) + 4 * kills)
  }
  for (const { id } of issuing) {
    // Beside what its two users did to register and to sign in.
    const requests = (byKey.find(({ key }) => key === id)?.requests ?? 0) - 2 * 4
    expect(requests).toBeGreaterThanOrEqual(answered[id] ?? 0)
    expect(requests).toBeLessThanOrEqual((answered[id] ?? 0) + 2 * kills)
  }
  expect(calls('mpc.key.get').errors).toBe(calls('mpc.key.get').requests)
  const csv = await fetch(`${web.baseUrl}/v1/usage?groupBy=operation`, {
    headers: { 'X-API-Key': watching.secret, Accept: 'text/csv' },
  })
  const { requests } = calls('mpc.key.get')
  expect(await csv.text()).toContain(`\r\nmpc.key.get,${requests},${requests},`)
  expect([await mpc.stop(), await web.stop()]).toEqual([0, 0])
})
