import { createPublicKey, randomUUID, verify } from 'node:crypto'
import { copyFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Transport } from '@connectrpc/connect'
import { createGrpcTransport } from '@connectrpc/connect-node'
import { verifySchnorr } from 'tiny-secp256k1'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Client } from '#lib/sdk/client.ts'
import { fileShares } from '#lib/sdk/mpc/file-shares.ts'
import type { MpcKey } from '#lib/sdk/mpc/index.ts'
import { newDataDir } from '../../setup/isolated.ts'
import { startIssuer } from '../../setup/issuer.ts'
import { freePort } from '../../setup/serve.ts'
import { app } from './app.ts'
import { clock } from './clock.ts'
import { closeDatabase } from './db/database.ts'
import { type Listening, listen } from './listen.ts'
import { removeExpired } from './sessions/sessions.ts'

// A client that dies as the server changes its share: the server in this process, so that its clock can be turned.

const issuer = await startIssuer()
Object.assign(process.env, { MPC_ISSUER: issuer.url })
const port = await freePort()
let listening: Listening
beforeAll(async () => {
  listening = await listen({ port }, app())
})
afterAll(async () => {
  await listening.drain(0)
  await closeDatabase()
  await issuer.stop()
})

const { now } = clock
const day = 24 * 3_600_000
const message = new Uint8Array(32).fill(7)
const approve = () => ({ id: 'AQ', rawId: 'AQ', type: 'public-key', response: {} }) as never

/** A user with shares in a file, whose client dies before or after the call that ends a resharing is answered. */
async function newUser() {
  clock.now = now
  const sub = `usr_${randomUUID()}`
  const token = await issuer.token({ sub, exp: Math.floor(now() / 1000) + 30 * 86_400 })
  let action: Record<string, unknown> = {}
  const fetch: typeof globalThis.fetch = async (url, init) => {
    if (!String(url).endsWith('/begin')) return Response.json({ approval: await issuer.approval(action, { sub }) })
    action = JSON.parse(String(init?.body)).action
    return Response.json({ ceremonyId: 'c', expiresAt: '', publicKey: { challenge: 'committed' } })
  }
  const client = new Client({ apiKey: 'sk_test_x', baseUrl: 'http://auth.test', fetch })
  const transport = createGrpcTransport({ baseUrl: `http://localhost:${port}` })
  const dying = (when: 'before' | 'after'): Transport => ({
    ...transport,
    async unary(method, ...rest) {
      const last = method.parent.name === 'ReshareService' && method.name === 'Finish'
      if (last && when === 'before') throw new Error('killed')
      const answer = await transport.unary(method, ...rest)
      if (last) throw new Error('killed')
      return answer
    },
  })
  const file = join(newDataDir('shares'), 'shares.json')
  const open = (path = file, over = transport) => client.mpc({ token, shares: fileShares(path), transport: over })
  const kept = (path = file) => Object.keys(JSON.parse(readFileSync(path, 'utf8')))
  return { open, dying, kept, file, device: () => join(newDataDir('shares'), 'shares.json') }
}

function verifies({ suite, publicKey }: MpcKey, signature: Uint8Array): boolean {
  if (suite === 'schnorr-secp256k1') return verifySchnorr(message, publicKey, signature)
  const x = Buffer.from(publicKey).toString('base64url')
  return verify(null, message, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }), signature)
}

const policy = { approval: 'never' } as const

test.each([
  ['ed25519', 0],
  ['schnorr-secp256k1', 20 * day],
] as const)(
  'a device that dies after the server has its new share of %s comes to its own when it is used next, %i ms later',
  async (suite, later) => {
    const { open, dying, kept, file } = await newUser()
    const key = await open().keys.generate({ suite, policy })
    await expect(open(file, dying('after')).keys.refresh(key.id, { approve })).rejects.toThrow('killed')
    expect(kept()).toHaveLength(2)
    clock.now = () => now() + later
    await removeExpired()
    const again = open()
    expect(verifies(key, (await again.sign(key.id, message)).signature)).toBe(true)
    expect(await again.keys.get(key.id)).toMatchObject({ generation: 1, signatures: 1 })
    expect(kept()).toHaveLength(1)
    expect(verifies(key, (await open().sign(key.id, message)).signature)).toBe(true)
  },
)

test('a device that dies before the server was asked goes on with the share that it has, and can refresh it later', async () => {
  const { open, dying, kept, file } = await newUser()
  const key = await open().keys.generate({ policy })
  await expect(open(file, dying('before')).keys.refresh(key.id, { approve })).rejects.toThrow('killed')
  // The session is over by then; while it is not, the resharing ends as its user approved it.
  clock.now = () => now() + 11 * 60_000
  const again = open()
  expect(verifies(key, (await again.sign(key.id, message)).signature)).toBe(true)
  expect(await again.keys.get(key.id)).toMatchObject({ generation: 0 })
  expect(kept()).toHaveLength(1)
  clock.now = now
  expect(await again.keys.refresh(key.id, { approve })).toMatchObject({ generation: 1 })
  expect(verifies(key, (await open().sign(key.id, message)).signature)).toBe(true)
  expect(kept()).toHaveLength(1)
})

test('a new device that dies in a recovery has its share when it is used next; the answer is given until the key has another', async () => {
  const { open, dying, kept, device } = await newUser()
  const key = await open().keys.generate({ policy })
  const path = device()
  await expect(
    open(path, dying('after')).keys.recover(key.id, JSON.stringify(key.recovery), { approve }),
  ).rejects.toThrow('killed')
  expect(verifies(key, (await open(path).sign(key.id, message)).signature)).toBe(true)
  expect(kept(path)).toHaveLength(1)

  // Interrupted again, and overtaken: what the first device would ask for is there no more, and its share is of before.
  await expect(open(path, dying('after')).keys.refresh(key.id, { approve })).rejects.toThrow('killed')
  const copy = device()
  copyFileSync(path, copy)
  expect(await open(path).keys.refresh(key.id, { approve })).toMatchObject({ generation: 3 })
  await expect(open(copy).sign(key.id, message)).rejects.toMatchObject({ reason: 'generation_mismatch' })
  expect(verifies(key, (await open(path).sign(key.id, message)).signature)).toBe(true)
})
