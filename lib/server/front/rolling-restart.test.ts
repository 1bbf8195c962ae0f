import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { nginxCommand, startNginx } from '../../setup/nginx-server.ts'
import { selfSigned } from '../../setup/self-signed.ts'
import { serve } from '../../setup/serve.ts'
import { env } from '../env.ts'
import { createKey } from '../keys/make-key.ts'
import { actFor, createTenant } from '../tenants/tenants.ts'

vi.setConfig({ testTimeout: 1_800_000, hookTimeout: 60_000 })

/** How many requests there are at least, restarts or not; more where a longer proof is asked for. */
const enough = Number(process.env.RESTART_REQUESTS || 2_000)
/** How often each of them is started anew. */
const restarts = Number(process.env.RESTARTS || 1)
const atOnce = 8
const soon = { timeout: 30_000, interval: 20 }

describe.skipIf(!nginxCommand)('two processes behind nginx', () => {
  const { dataDir } = env()
  const settings = { DATA_DIR: dataDir, BASE_URL: 'http://localhost:3000', DEMO: 'off' }
  const directory = mkdtempSync(join(tmpdir(), 'playground-rolling-'))
  const served = new Set<string>()
  const failed: string[] = []
  let agent: Agent
  let servers: Awaited<ReturnType<typeof serve>>[]
  let nginx: Awaited<ReturnType<typeof startNginx>>
  let keys: string[]

  beforeAll(async () => {
    const { id } = await createTenant({ name: 'Shop', slug: 'rolling' })
    const key = {
      name: 'x',
      type: 'live' as const,
      tier: 'enterprise' as const,
      scopes: ['passkeys:authenticate' as const],
    }
    const caller = await actFor(id, 'live')
    keys = await Promise.all(Array.from({ length: 8 }, async () => (await createKey(caller, key)).secret))
    const tls = selfSigned(directory)
    const ca = readFileSync(tls.certificate)
    agent = new Agent({ keepAlive: true, maxSockets: atOnce, ca, servername: 'localhost' })
    servers = await Promise.all([serve('start', settings), serve('start', settings)])
    nginx = await startNginx({ to: servers.map(({ port }) => port), tls })
  })
  afterAll(async () => {
    agent?.destroy()
    await nginx?.stop()
    await Promise.all(servers.map(({ stop }) => stop()))
    rmSync(directory, { recursive: true })
  })

  /** Asks through nginx. What goes wrong on the way, or is answered with a 5xx, is noted. */
  function ask(method: string, path: string, headers: Record<string, string>, body = ''): Promise<void> {
    return new Promise((resolve) => {
      const fail = (reason: unknown) => {
        failed.push(`${method} ${path}: ${reason}`)
        resolve()
      }
      const outgoing = request({ port: nginx.port, host: '127.0.0.1', agent, method, path, headers }, (answer) => {
        // Where it was asked of several, the last one answered.
        served.add(String(answer.headers['x-served-by']).split(', ').at(-1) ?? '')
        answer.resume().once('error', fail)
        answer.once('end', () => (answer.statusCode === 200 ? resolve() : fail(answer.statusCode)))
      })
      outgoing.once('error', fail).end(body)
    })
  }

  /** Every kind of request that there is: most read, some write, some ask for a page. */
  function asked(count: number): Promise<void> {
    const headers = { Authorization: `Bearer ${keys[count % keys.length]}` }
    if (count % 50 === 0) return ask('GET', '/playground', {})
    if (count % 4 > 0) return ask('GET', '/v1/tenant', headers)
    const json = { ...headers, 'Content-Type': 'application/json', 'Content-Length': '2' }
    return ask('POST', '/v1/passkeys/authenticate/begin', json, '{}')
  }

  test('are restarted one after the other, and no request fails', async () => {
    let count = 0
    let restarting = true
    const load = Array.from({ length: atOnce }, async () => {
      while (restarting || count < enough) await asked(count++)
    })
    try {
      for (const which of Array.from({ length: restarts }, () => [0, 1]).flat()) {
        const { port, stop } = servers[which] as (typeof servers)[number]
        expect(await stop()).toBe(0)
        servers[which] = await serve('start', { ...settings, PORT: String(port) })
        served.clear()
        await expect.poll(() => [...served], soon).toContain(`127.0.0.1:${port}`)
      }
    } finally {
      restarting = false
      await Promise.all(load)
    }
    expect(failed, nginx.output.join('')).toEqual([])
    expect(count).toBeGreaterThanOrEqual(enough)
  })
})
