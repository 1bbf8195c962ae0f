import { createPublicKey, verify as verifyByNode } from 'node:crypto'
import type { Transport } from '@connectrpc/connect'
import { base64urlnopad } from '@scure/base'
import { verifySchnorr } from 'tiny-secp256k1'
import { Client } from '../client.ts'
import { type MpcKey, memoryShares, type Round, type ShareStore } from './index.ts'
import { serverParty } from './one-process.ts'

export const message = new TextEncoder().encode('Pay 12.50 USDC to Globex')
export const never = { policy: { approval: 'never' as const } }

/** A client whose server's party is in this process, and an auth server that answers approvals. */
export function newMpc({ shares = memoryShares() }: { shares?: ShareStore } = {}) {
  const party = serverParty()
  const rounds: Round[] = []
  const asked: { path: string; body: Record<string, unknown> }[] = []
  const fetch: typeof globalThis.fetch = async (url, init) => {
    const path = new URL(String(url)).pathname
    asked.push({ path, body: JSON.parse(String(init?.body)) })
    return path.endsWith('/begin')
      ? Response.json({ ceremonyId: 'c', expiresAt: '', publicKey: { challenge: 'committed' } })
      : Response.json({ approval: `approval-${asked.length}` })
  }
  const client = new Client({ apiKey: 'sk_test_x', baseUrl: 'http://auth.test', fetch })
  const open = (store: ShareStore, more: { transport?: Transport; tries?: number } = {}) =>
    client.mpc({
      token: tokenOf('tnt_1'),
      shares: store,
      transport: party.transport,
      onRound: (round) => rounds.push(round),
      ...more,
    })
  return { ...party, mpc: open(shares), open, rounds, asked }
}

function tokenOf(providerTenantId: string): string {
  const claims = { providerTenantId, environment: 'test', sub: 'usr_1', preferred_username: 'ada' }
  return ['{}', JSON.stringify(claims), '']
    .map((part) => base64urlnopad.encode(new TextEncoder().encode(part)))
    .join('.')
}

/** By verifiers that know nothing of how the signature came to be. */
export function verifies({ suite, publicKey }: MpcKey, signature: Uint8Array, bytes: Uint8Array): boolean {
  if (suite === 'schnorr-secp256k1') return verifySchnorr(bytes, publicKey, signature)
  const x = Buffer.from(publicKey).toString('base64url')
  return verifyByNode(
    null,
    bytes,
    createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }),
    signature,
  )
}
