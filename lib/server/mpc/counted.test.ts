import { createClient } from '@connectrpc/connect'
import { createGrpcTransport } from '@connectrpc/connect-node'
import { createGrpcWebTransport } from '@connectrpc/connect-web'
import { expect, test, vi } from 'vitest'
import { Client } from '#lib/sdk/client.ts'
import { KeyService } from '../../mpc/proto/mpc_pb.js'
import { collector, type Span, valuesOf } from '../../setup/collector.ts'
import { freePort, serve } from '../../setup/serve.ts'
import { SoftwareAuthenticator } from '../../testing/authenticator.ts'
import { env } from '../env.ts'
import { createKey } from '../keys/make-key.ts'
import { actFor, createTenant } from '../tenants/tenants.ts'

vi.setConfig({ testTimeout: 90_000 })

test('calls through the gateway are answered by the MPC server beside it, each counted for its tenant and key, and told as one trace', async () => {
  const { id } = await createTenant({ name: 'Shop', slug: 'shop' })
  const { id: keyId, secret } = await createKey(await actFor(id, 'live'), {
    name: 'Backend',
    scopes: ['passkeys:register', 'passkeys:authenticate', 'usage:read'],
  })
  const told = await collector()
  const mpcPort = String(await freePort())
  const [trace, caller] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7']
  const server = await serve('start', {
    ...{ DATA_DIR: env().dataDir, MPC: 'on', MPC_PORT: mpcPort },
    OTEL_EXPORTER_OTLP_ENDPOINT: told.url,
  })
  try {
    const { baseUrl } = server
    const client = new Client({ apiKey: secret, baseUrl, maxRetries: 0 })
    const authenticator = new SoftwareAuthenticator({ origin: baseUrl })
    const { ceremonyId, publicKey } = await client.passkeys.register.begin({ username: 'ada' })
    await client.passkeys.register.finish({ ceremonyId, credential: authenticator.create(publicKey) })
    const begun = await client.passkeys.authenticate.begin({ username: 'ada' })
    const credential = authenticator.get(begun.publicKey)
    const { token } = await client.passkeys.authenticate.finish({ ceremonyId: begun.ceremonyId, credential })
    const headers = { authorization: `Bearer ${token}` }
    const keys = createClient(KeyService, createGrpcWebTransport({ baseUrl: `${baseUrl}/v1/mpc` }))
    const readiness = async () => (await fetch(`${baseUrl}/readyz`)).json()
    await expect.poll(readiness).toMatchObject({ mpc: 'ok' })
    for (let call = 0; call < 5; call++) expect((await keys.list({}, { headers })).keys).toEqual([])
    await expect(keys.get({ keyId: 'mpk_none' }, { headers })).rejects.toMatchObject({ rawMessage: expect.any(String) })
    const transport = createGrpcTransport({ baseUrl: `http://localhost:${mpcPort}` })
    const traced = { headers: { ...headers, traceparent: `00-${trace}-${caller}-01` } }
    expect((await createClient(KeyService, transport).list({}, traced)).keys).toEqual([])
    const counted = async () =>
      (await client.usage({ groupBy: 'operation' })).data.filter(({ operation }) => operation?.startsWith('mpc.'))
    await expect.poll(counted).toEqual([
      { operation: 'mpc.key.get', requests: 1, errors: 1 },
      { operation: 'mpc.key.list', requests: 6, errors: 0 },
    ])
    expect((await client.usage({ groupBy: 'key' })).data.map(({ key }) => key)).toEqual([keyId])
  } finally {
    await server.stop()
  }
  // From the gateway's call to the MPC server's answer, and on to its database.
  const childOf = (parent: Span | undefined, name: string) =>
    told.spans().find((span) => parent && span.parentSpanId === parent.spanId && span.name === name)
  const answered = told.spans().find(({ name }) => name === 'POST /v1/mpc/:service/:method')
  const called = childOf(answered, 'mpc.v1.KeyService/List')
  const taken = childOf(called, 'mpc.v1.KeyService/List')
  expect([answered?.kind, called?.kind, taken?.kind]).toEqual([2, 3, 2])
  const direct = told.spans().find(({ traceId, kind }) => traceId === trace && kind === 2)
  expect(direct?.parentSpanId).toBe(caller)
  expect(valuesOf(direct?.attributes ?? [])).toMatchObject({ 'rpc.response.status_code': 0 })
  expect(taken?.traceId).toBe(answered?.traceId)
  expect(childOf(taken, 'TRANSACTION')?.kind).toBe(3)
  await told.stop()
})
