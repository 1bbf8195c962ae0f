import { createPublicKey, verify } from 'node:crypto'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { freePort, serve } from '../../setup/serve.ts'
import { serveMpc } from '../../setup/serve-mpc.ts'
import { SoftwareAuthenticator } from '../../testing/authenticator.ts'
import { Client } from '../client.ts'
import { grpcTransport } from './grpc-transport.ts'
import { type MpcKey, memoryShares } from './index.ts'

// Two servers start, each in a process of its own.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })

const demoKey = /sk_test_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}/g
const message = new TextEncoder().encode('Pay 12.50 USDC to Globex')

let auth: Awaited<ReturnType<typeof serve>>
let server: Awaited<ReturnType<typeof serveMpc>>

beforeAll(async () => {
  const MPC_PORT = String(await freePort())
  auth = await serve('start', { MPC: 'off', MPC_URL: `http://localhost:${MPC_PORT}` })
  await vi.waitUntil(() => auth.output.join('').includes('Ctrl+C'), 30_000)
  server = await serveMpc({ MPC_PORT, MPC_ISSUER: auth.baseUrl })
})
afterAll(async () => {
  await server?.stop()
  await auth?.stop()
})

const ways = ['through the gateway', 'over gRPC'] as const

/** A new user of the first demo tenant, signed in, and their client of the MPC server. */
async function newUser(way: (typeof ways)[number]) {
  const [apiKey = ''] = auth.output.join('').match(demoKey) ?? []
  const client = new Client({ apiKey, baseUrl: auth.baseUrl })
  const authenticator = new SoftwareAuthenticator({ origin: auth.baseUrl })
  const username = `ada-${crypto.randomUUID().slice(0, 8)}`
  await client.passkeys.register({ username }, { credential: (options) => authenticator.create(options) })
  const approve = (options: Parameters<SoftwareAuthenticator['get']>[0]) => authenticator.get(options)
  const { token } = await client.passkeys.signIn({ username }, { credential: approve })
  const open = (shares = memoryShares()) =>
    client.mpc({ token, shares, ...(way === 'over gRPC' ? { transport: grpcTransport(server.url) } : {}) })
  return { mpc: open(), open, approve }
}

function verifies({ publicKey }: MpcKey, signature: Uint8Array): boolean {
  const x = Buffer.from(publicKey).toString('base64url')
  return verify(null, message, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }), signature)
}

test.each(ways)('a user makes a key and signs with it, %s', async (way) => {
  const { mpc } = await newUser(way)
  const key = await mpc.keys.generate({ label: 'Treasury', policy: { approval: 'never' } })
  expect(key.id).toMatch(/^mpk_/)
  expect(verifies(key, (await mpc.sign(key.id, message)).signature)).toBe(true)
  expect(await mpc.keys.list()).toMatchObject([{ id: key.id, label: 'Treasury', signatures: 1 }])
})

test.each(ways)(
  'a key whose policy says so signs what its user’s passkey approves, and nothing else, %s',
  async (way) => {
    const { mpc, approve } = await newUser(way)
    const key = await mpc.keys.generate()
    await expect(mpc.sign(key.id, message)).rejects.toMatchObject({ reason: 'approval_required' })
    const display = { title: 'Pay 12.50 USDC to Globex' }
    expect(verifies(key, (await mpc.sign(key.id, message, { approve, display })).signature)).toBe(true)
    const other = await newUser(way)
    await expect(other.mpc.keys.get(key.id)).rejects.toMatchObject({ reason: 'not_found', code: 'not_found' })
  },
)

test('a lost device is replaced by the recovery file, shares are renewed, and the key stays', async () => {
  const { mpc, open, approve } = await newUser('through the gateway')
  const key = await mpc.keys.generate({ policy: { approval: 'never' } })
  const found = open()
  const recovered = await found.keys.recover(key.id, JSON.stringify(key.recovery), { approve })
  expect(recovered).toMatchObject({ generation: 1, address: key.address })
  await expect(mpc.sign(key.id, message)).rejects.toMatchObject({ reason: 'generation_mismatch' })
  expect((await found.keys.refresh(key.id, { approve })).generation).toBe(2)
  expect(verifies(key, (await found.sign(key.id, message)).signature)).toBe(true)
})

test('freezing takes the token, and everything that loosens an approval', async () => {
  const { mpc, approve } = await newUser('through the gateway')
  const key = await mpc.keys.generate({ policy: { approval: 'never', maxPerHour: 1 } })
  expect(await mpc.dryRun(key.id, message)).toEqual({ approvalRequired: false, leftThisHour: 1 })
  expect(await mpc.keys.freeze(key.id)).toMatchObject({ frozen: true })
  await expect(mpc.sign(key.id, message)).rejects.toMatchObject({ reason: 'key_frozen' })
  expect(await mpc.keys.unfreeze(key.id, { approve })).toMatchObject({ frozen: false })
  await mpc.sign(key.id, message)
  await expect(mpc.sign(key.id, message)).rejects.toMatchObject({ reason: 'policy_limit' })
  const policy = { approval: 'never' as const, maxPerHour: 5 }
  await expect(mpc.keys.update(key.id, { policy })).rejects.toMatchObject({ reason: 'approval_required' })
  expect(await mpc.keys.update(key.id, { policy }, { approve })).toMatchObject({ policy })
  await mpc.keys.delete(key.id, { approve })
  await expect(mpc.keys.get(key.id)).rejects.toMatchObject({ reason: 'not_found' })
})
