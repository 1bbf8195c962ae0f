import { Code, ConnectError, createClient } from '@connectrpc/connect'
import { createConnectTransport, createGrpcWebTransport } from '@connectrpc/connect-web'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ErrorInfoSchema } from '../../mpc/proto/google/rpc/error_details_pb.js'
import { KeyService } from '../../mpc/proto/mpc_pb.js'
import { freePort } from '../../setup/serve.ts'
import { api } from '../api/app.ts'
import { MpcServerForTests } from '../api/mpc-server-for-tests.ts'
import { newTenant, register, send, signIn } from '../api/suite/harness.ts'
import { apiUrl, askToken, newApp, newService } from '../api/suite/oauth-test-clients.ts'
import { database } from '../db/database.ts'
import { closeConnections } from '../mpc/connection.ts'
import { actFor } from '../tenants/tenants.ts'
import { listLogs } from './logs.ts'
import { flushLogs } from './note.ts'

// What is not answered by the API itself is in the log, too: requests for tokens, and calls to the MPC server.

const server = new MpcServerForTests()
const port = await freePort()
process.env.MPC_URL = `http://127.0.0.1:${port}`
beforeAll(() => server.start(port))
afterAll(async () => {
  closeConnections()
  await server.stop('crash')
})

async function logOf(tenantId: string, environment: 'test' | 'live') {
  return (await listLogs(await actFor(tenantId, environment), { limit: 100 })).data
}

test('requests for tokens are in the log of their client, also those that are refused; of an unknown one in none', async () => {
  const { tenant } = await newTenant()
  const service = await newService({ tenantId: tenant.id, scopes: ['usage:read'] })
  const app = await newApp({ tenantId: tenant.id })
  const grant = { grant_type: 'client_credentials', resource: apiUrl }
  const { body } = await askToken(service, grant)
  await askToken({ ...service, clientSecret: `${service.clientSecret?.slice(0, -4)}AAAA` }, grant)
  await askToken(app, {
    grant_type: 'authorization_code',
    code: 'a-code-of-nobody',
    redirect_uri: 'https://app.example/callback',
  })
  await askToken({ ...app, clientId: 'cli_nobody' }, grant)
  await send('GET', '/v1/usage', { headers: { authorization: `Bearer ${body.access_token}` } })
  const log = await logOf(tenant.id, 'test')
  expect(log.map(({ operation, status, code, client }) => [operation, status, code, client?.id])).toEqual([
    ['usage.read', 200, null, service.clientId],
    ['oauth.token', 400, 'invalid_grant', app.clientId],
    ['oauth.token', 401, 'invalid_client', service.clientId],
    ['oauth.token', 200, null, service.clientId],
  ])
  expect(log[0]).toMatchObject({ key: null, client: { name: 'App' } })
  await flushLogs()
  const rows = await (await database()).logLot.findMany({ where: { tenantId: tenant.id } })
  const text = rows.map(({ rows }) => rows).join()
  for (const secret of [service.clientSecret, body.access_token, 'a-code-of-nobody']) expect(text).not.toContain(secret)
})

test.each([
  ['Connect', createConnectTransport],
  ['gRPC-Web', createGrpcWebTransport],
])(
  'calls over %s are in the log of who the token was issued to, with what they were refused for',
  async (_name, make) => {
    const { tenant, key, client, authenticator } = await newTenant({ type: 'live' })
    await register(client, authenticator, 'ada')
    const { token } = await signIn(client, authenticator, 'ada')
    const fetch: typeof globalThis.fetch = async (input, init) => api().request(input as string, init)
    const keys = createClient(KeyService, make({ baseUrl: 'http://localhost:3000/v1/mpc', fetch }))
    const headers = { authorization: `Bearer ${token}` }
    await keys.get({ keyId: 'mpk_1' }, { headers })
    const { list } = server
    server.list = async () => {
      const error = new ConnectError('Not yours.', Code.NotFound)
      error.details.push({ desc: ErrorInfoSchema, value: { reason: 'not_found', domain: 'there' } })
      throw error
    }
    await expect(keys.list({}, { headers })).rejects.toMatchObject({ code: Code.NotFound })
    server.list = list
    await expect(keys.list({}, { headers: { authorization: 'Bearer x' } })).rejects.toThrow()
    const calls = (await logOf(tenant.id, 'live')).filter(({ operation }) => operation?.startsWith('mpc.'))
    expect(calls.map(({ operation, status, code, detail }) => [operation, status, code, detail])).toEqual([
      ['mpc.key.list', 404, 'not_found', 'Not yours.'],
      ['mpc.key.get', 200, null, null],
    ])
    expect(calls[0]).toMatchObject({
      key: { id: key.id },
      user: { username: 'ada' },
      path: '/v1/mpc/{service}/{method}',
    })
  },
)
