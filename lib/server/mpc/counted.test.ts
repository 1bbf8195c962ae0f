import { createClient } from '@connectrpc/connect'
import { createGrpcWebTransport } from '@connectrpc/connect-web'
import { expect, test, vi } from 'vitest'
import { Client } from '#lib/sdk/client.ts'
import { KeyService } from '../../mpc/proto/mpc_pb.js'
import { freePort, serve } from '../../setup/serve.ts'
import { SoftwareAuthenticator } from '../../testing/authenticator.ts'
import { env } from '../env.ts'
import { createKey } from '../keys/make-key.ts'
import { actFor, createTenant } from '../tenants/tenants.ts'

vi.setConfig({ testTimeout: 90_000 })

test('calls through the gateway are answered by the MPC server beside it, and each is counted for its tenant and key', async () => {
  const { id } = await createTenant({ name: 'Shop', slug: 'shop' })
  const { id: keyId, secret } = await createKey(await actFor(id, 'live'), {
    name: 'Backend',
    scopes: ['passkeys:register', 'passkeys:authenticate', 'usage:read'],
  })
  const server = await serve('start', { DATA_DIR: env().dataDir, MPC: 'on', MPC_PORT: String(await freePort()) })
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
    const counted = async () =>
      (await client.usage({ groupBy: 'operation' })).data.filter(({ operation }) => operation?.startsWith('mpc.'))
    await expect.poll(counted).toEqual([
      { operation: 'mpc.key.get', requests: 1, errors: 1 },
      { operation: 'mpc.key.list', requests: 5, errors: 0 },
    ])
    expect((await client.usage({ groupBy: 'key' })).data.map(({ key }) => key)).toEqual([keyId])
  } finally {
    await server.stop()
  }
})
