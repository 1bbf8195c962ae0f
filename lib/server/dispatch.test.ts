import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newDataDir } from '../setup/isolated.ts'
import { runScript } from '../setup/run-script.ts'
import { serve } from '../setup/serve.ts'

let server: Awaited<ReturnType<typeof serve>>
let key: string

beforeAll(async () => {
  const dataDir = newDataDir('dispatch')
  const admin = async (...args: string[]) =>
    JSON.parse((await runScript('lib/server/admin.ts', [...args, '--json'], { DATA_DIR: dataDir })).stdout)
  await admin('tenants', 'create', '--name', 'Shop', '--slug', 'shop')
  const made = ['keys', 'create', '--tenant', 'shop', '--type', 'test', '--name', 'x', '--scopes', 'usage:read']
  key = (await admin(...made, '--allowed-ips', '203.0.113.7')).secret
  server = await serve('start', { DATA_DIR: dataDir, TRUSTED_PROXIES: '10.9.9.9' })
})
afterAll(() => server.stop())

/** A request whose path is sent as it stands, with a forged address. */
function get(path: string): Promise<{ status: number | undefined; body: string }> {
  const headers = { Authorization: `Bearer ${key}`, 'X-Forwarded-For': '203.0.113.7' }
  return new Promise((resolve, reject) => {
    request({ port: server.port, path, headers }, (answer) => {
      let body = ''
      answer.on('data', (chunk) => {
        body += chunk
      })
      answer.on('end', () => resolve({ status: answer.statusCode, body }))
    })
      .on('error', reject)
      .end()
  })
}

test('however the API’s path is written, the address is the socket’s', async () => {
  for (const path of ['/v1/tenant', '/./v1/tenant', '/x/../v1/tenant', '/_next/../v1/tenant', '/x/%2e%2e/v1/tenant']) {
    const { status, body } = await get(path)
    expect([path, status, JSON.parse(body).code]).toEqual([path, 403, 'ip_not_allowed'])
  }
})

test('a path that is the API’s only after Next has read it is not answered', async () => {
  for (const path of ['//v1/tenant', '/v1%2Ftenant', '/%76%31/tenant', '/playground/..%2fv1/tenant', '/.\\v1/tenant']) {
    const { status } = await get(path)
    expect([path, status === 200]).toEqual([path, false])
  }
  expect((await get('/livez')).status).toBe(200)
})
