import { createPublicKey, randomUUID, verify } from 'node:crypto'
import { createGrpcTransport } from '@connectrpc/connect-node'
import { verifySchnorr } from 'tiny-secp256k1'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { Client } from '#lib/sdk/client.ts'
import { type MpcKey, memoryShares } from '#lib/sdk/mpc/index.ts'
import { startIssuer } from '../../setup/issuer.ts'
import { hashOfChange } from '../../setup/mpc-user.ts'
import { serveMpc } from '../../setup/serve-mpc.ts'

// The SDK against a server that runs, over gRPC: what a customer does.

vi.setConfig({ testTimeout: 60_000 })

const issuer = await startIssuer()
let server: Awaited<ReturnType<typeof serveMpc>>
beforeAll(async () => {
  server = await serveMpc({ MPC_ISSUER: issuer.url })
})
afterAll(async () => {
  await server.stop()
  await issuer.stop()
})

/** The SDK of a user whose passkey approves everything, at an auth server that signs approvals as the issuer does. */
async function newMpc() {
  const sub = `usr_${randomUUID()}`
  let action: Record<string, unknown> = {}
  /** What is approved next, in place of what is asked. */
  let instead: Record<string, unknown> | undefined
  const fetch: typeof globalThis.fetch = async (url, init) => {
    if (!new URL(String(url)).pathname.endsWith('/begin')) {
      const approved = instead ?? action
      instead = undefined
      return Response.json({ approval: await issuer.approval(approved, { sub }) })
    }
    action = (JSON.parse(String(init?.body)) as { action: typeof action }).action
    return Response.json({ ceremonyId: 'c', expiresAt: '', publicKey: { challenge: 'committed' } })
  }
  const client = new Client({ apiKey: 'sk_test_x', baseUrl: 'http://auth.test', fetch })
  const token = await issuer.token({ sub })
  const open = (shares = memoryShares()) =>
    client.mpc({ token, shares, transport: createGrpcTransport({ baseUrl: server.url }) })
  const approved = (other: Record<string, unknown>) => {
    instead = other
  }
  return { mpc: open(), open, approved }
}

const approve = () => ({ id: 'AQ', rawId: 'AQ', type: 'public-key', response: {} }) as never

/** By verifiers that know nothing of how the signature came to be. */
function verifies({ suite, publicKey }: MpcKey, signature: Uint8Array, bytes: Uint8Array): boolean {
  if (suite === 'schnorr-secp256k1') return verifySchnorr(bytes, publicKey, signature)
  const x = Buffer.from(publicKey).toString('base64url')
  return verify(null, bytes, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }), signature)
}

const message = new Uint8Array(32).fill(7)

test.each(['ed25519', 'schnorr-secp256k1'] as const)(
  'a key of %s is made, signs, is refreshed and recovered, and stays the same key; old shares sign no more',
  async (suite) => {
    const { mpc, open, approved } = await newMpc()
    const key = await mpc.keys.generate({ suite, label: 'Treasury' })
    expect(key.policy).toEqual({ approval: 'always' })
    const { signature } = await mpc.sign(key.id, message, { approve })
    expect(verifies(key, signature, message)).toBe(true)
    await expect(mpc.sign(key.id, message)).rejects.toMatchObject({ reason: 'approval_required' })

    // Approved for the same parties, and asked for fewer, or with more in it.
    const of = { threshold: 2, parties: ['device', 'server', 'recovery'], contributors: ['device', 'recovery'] }
    for (const other of [{ parties: ['device', 'server'] }, { contributors: ['device'] }, { threshold: 3 }]) {
      approved({ type: 'mpc.reshare', keyId: key.id, messageHash: hashOfChange({ ...of, ...other }) })
      await expect(mpc.keys.refresh(key.id, { approve, using: key.files })).rejects.toMatchObject({
        code: 'permission_denied',
        reason: 'approval_invalid',
      })
    }
    approved({ type: 'mpc.reshare', keyId: key.id })
    await expect(mpc.keys.refresh(key.id, { approve })).rejects.toMatchObject({ reason: 'approval_invalid' })
    expect(await mpc.keys.get(key.id)).toMatchObject({ generation: 0 })

    approved({ type: 'mpc.reshare', keyId: key.id, messageHash: hashOfChange(of) })
    const refreshed = await mpc.keys.refresh(key.id, { approve, using: key.files })
    expect(refreshed.publicKey).toEqual(key.publicKey)
    expect(refreshed.generation).toBe(1)
    expect(verifies(key, (await mpc.sign(key.id, message, { approve })).signature, message)).toBe(true)
    // The file from before the refresh brings a share that is good for nothing now.
    await expect(open().keys.recover(key.id, key.recovery as never, { approve })).rejects.toMatchObject({
      reason: 'generation_mismatch',
    })

    const anew = open()
    const recovered = await anew.keys.recover(key.id, refreshed.recovery as never, { approve })
    expect(recovered.publicKey).toEqual(key.publicKey)
    expect(verifies(key, (await anew.sign(key.id, message, { approve })).signature, message)).toBe(true)
    await expect(mpc.sign(key.id, message, { approve })).rejects.toMatchObject({ reason: 'generation_mismatch' })
    expect(await anew.keys.list()).toMatchObject([{ id: key.id, generation: 2, signatures: 3 }])
  },
)

test('a key of three of five signs with two of the user’s parties and the server, and a key of two of two with one', async () => {
  const { mpc } = await newMpc()
  const never = { approval: 'never' } as const
  const five = await mpc.keys.generate({ threshold: 3, policy: never })
  expect(five.parties).toEqual(['device', 'server', 'recovery', 'hardware', 'partner'])
  const hardware = five.files.find(({ party }) => party === 'hardware')
  const { signature } = await mpc.sign(five.id, message, { using: [hardware as never] })
  expect(verifies(five, signature, message)).toBe(true)
  const two = await mpc.keys.generate({ parties: ['device', 'server'], policy: never })
  expect(verifies(two, (await mpc.sign(two.id, message)).signature, message)).toBe(true)
})
