import { get } from 'node:http'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { runScript } from '../../setup/run-script.ts'
import { serve } from '../../setup/serve.ts'

// The whole way of an address: from the wire, through the server as it is deployed, to the allowlist.

// A server takes about a second to start on a quiet machine.
vi.setConfig({ hookTimeout: 60_000 })

const office = '203.0.113.7'
const stranger = '198.51.100.9'

describe.each(['start', 'next'] as const)('%s, with the loopback as its proxy', (mount) => {
  let server: Awaited<ReturnType<typeof serve>>
  let secret: string

  beforeAll(async () => {
    server = await serve(mount, { TRUSTED_PROXIES: '127.0.0.0/8 ::1' })
    await admin('tenants create --name Shop --slug shop')
    secret = (await admin(`keys create --tenant shop --type live --name x --scopes usage:read --allowed-ips ${office}`))
      .secret
  })
  afterAll(async () => {
    await server?.stop()
  })

  /** A command of the operator’s, beside the server. */
  async function admin(command: string) {
    const args = [...command.split(' '), '--json']
    const { stdout, stderr } = await runScript('lib/server/admin.ts', args, { DATA_DIR: server.dataDir })
    if (stderr) throw new Error(stderr)
    return JSON.parse(stdout)
  }

  const ask = async (forwardedFor?: string, key = secret) => {
    const headers = { Authorization: `Bearer ${key}`, ...(forwardedFor ? { 'X-Forwarded-For': forwardedFor } : {}) }
    const answer = await fetch(`${server.baseUrl}/v1/tenant`, { headers })
    return { status: answer.status, code: (await answer.json()).code }
  }
  /** Asks with a line of its own for each value, which `fetch` would join. */
  const askInLines = (...forwardedFor: string[]) =>
    new Promise<number | undefined>((resolve, reject) => {
      const lines = forwardedFor.flatMap((value) => ['X-Forwarded-For', value])
      const headers = ['Host', 'localhost', 'Authorization', `Bearer ${secret}`, ...lines]
      get(`${server.baseUrl}/v1/tenant`, { headers, agent: false }, (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      }).once('error', reject)
    })
  const refused = { status: 403, code: 'ip_not_allowed' }

  test('lets the client in that the proxy names, and no other', async () => {
    expect((await ask(office)).status).toBe(200)
    expect((await ask(`${stranger}, ${office}`)).status).toBe(200)
    expect(await ask(`${office}, ${stranger}`)).toEqual(refused)
    expect(await ask('unknown')).toEqual(refused)
    expect(await ask()).toEqual(refused)
    expect([await askInLines(stranger, office), await askInLines(office, stranger)]).toEqual([200, 403])
  })

  test('lets nobody in as the proxy whose address it cannot read', async () => {
    const near = '--type live --name y --scopes usage:read --allowed-ips 127.0.0.0/8,::1'
    const { secret: nearKey } = await admin(`keys create --tenant shop ${near}`)
    for (const hop of ['127.0.0.1', '[::1]:4711']) expect((await ask(hop, nearKey)).status).toBe(200)
    for (const hop of ['unix:', 'unknown', 'localhost', `${office}, unix:`])
      expect(await ask(hop, nearKey)).toEqual(refused)
    for (const hop of [`${office}:4711`, `[::ffff:${office}]:443`]) expect((await ask(hop)).status).toBe(200)
  })
})
