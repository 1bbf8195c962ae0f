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

  const ask = async (forwardedFor?: string) => {
    const headers = { Authorization: `Bearer ${secret}`, ...(forwardedFor ? { 'X-Forwarded-For': forwardedFor } : {}) }
    const answer = await fetch(`${server.baseUrl}/v1/tenant`, { headers })
    return { status: answer.status, code: (await answer.json()).code }
  }
  const refused = { status: 403, code: 'ip_not_allowed' }

  test('lets the client in that the proxy names, and no other', async () => {
    expect((await ask(office)).status).toBe(200)
    expect((await ask(`${stranger}, ${office}`)).status).toBe(200)
    expect(await ask(`${office}, ${stranger}`)).toEqual(refused)
    expect(await ask('unknown')).toEqual(refused)
    expect(await ask()).toEqual(refused)
  })
})
