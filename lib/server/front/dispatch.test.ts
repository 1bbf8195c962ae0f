import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newDataDir } from '../../setup/isolated.ts'
import { runScript } from '../../setup/run-script.ts'
import { serve } from '../../setup/serve.ts'
import { overTheWire } from '../../setup/wire.ts'

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

const state = (text: string) => `RSC: 1\r\nNext-Router-State-Tree: ${text}\r\n`

test.each([
  ['POST /playground', '', 405, 'method_not_allowed'],
  ['PUT /', '', 405, 'method_not_allowed'],
  ['DELETE /console/keys/abc', '', 405, 'method_not_allowed'],
  ['OPTIONS /playground', '', 405, 'method_not_allowed'],
  ['TRACE /playground', '', 405, 'method_not_allowed'],
  ['OPTIONS *', '', 405, 'method_not_allowed'],
  ['POST /playground', 'Expect: 100-continue\r\nContent-Length: 5\r\n', 405, 'method_not_allowed'],
  ['GET *', '', 400, 'invalid_request'],
  ['GET http://[::1/playground', '', 400, 'invalid_request'],
  ['GET /playground', 'Content-Length: 5\r\n', 400, 'invalid_request'],
  ['GET /playground', 'Transfer-Encoding: chunked\r\n', 400, 'invalid_request'],
  ['GET /console/keys/%E0%A4%A', '', 400, 'invalid_request'],
  ['GET /console/oauth-clients/%', '', 400, 'invalid_request'],
  ['GET /interaction/%FF', '', 400, 'invalid_request'],
  ['GET /playground.rsc', state('%'), 400, 'invalid_request'],
  ['GET /playground', state('[]'), 400, 'invalid_request'],
  ['GET /playground', state(encodeURIComponent('["",{"children":[1]}]')), 400, 'invalid_request'],
  ['GET /playground', state(encodeURIComponent('["",{"__proto__":1}]')), 400, 'invalid_request'],
  ['GET /playground', state('['.repeat(5_000)), 400, 'invalid_request'],
])('%s %j is refused in front of Next with %d, and the connection ends', async (request, headers, status, code) => {
  const answer = await overTheWire(server.port, `${request} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`)
  expect([answer.status, JSON.parse(answer.body).code]).toEqual([status, code])
  const lines = answer.head.toLowerCase().split('\r\n')
  expect(lines).toEqual(expect.arrayContaining(['connection: close', 'content-type: application/problem+json']))
  expect(lines.filter((line) => line.startsWith('allow: '))).toEqual(status === 405 ? ['allow: get, head'] : [])
  expect(answer.head).not.toMatch(/100 Continue/i)
})

test.each([
  ['GET /playground', ''],
  ['HEAD /playground', ''],
  ['GET /playground', 'Content-Length: 0\r\n'],
  ['GET /playground', 'Upgrade: websocket\r\n'],
  ['GET http://elsewhere.example/playground?x=%', ''],
  ['GET http://elsewhere.example/livez', ''],
  ['GET /livez', 'Content-Length: 5\r\n'],
])('%s %j is answered', async (request, headers) => {
  const text = `${request} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${headers}\r\n`
  expect((await overTheWire(server.port, text)).status).toBe(200)
})

test('a body that the API reads is asked for where the client waits for that', async () => {
  const headers = 'Content-Type: application/json\r\nContent-Length: 2\r\nExpect: 100-continue\r\nConnection: close\r\n'
  const text = `POST /v1/passkeys/authenticate/begin HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`
  const { head, body } = await overTheWire(server.port, text, [Buffer.from('{}')])
  expect(head).toBe('HTTP/1.1 100 Continue')
  expect(body).toMatch(/^HTTP\/1.1 401 /)
})
