import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'
import { clock, longOver } from '../clock.ts'
import { Problem } from '../problem.ts'
import { seal, unseal } from './sealed.ts'
import { type Signer, signerOf } from './signer.ts'
import * as store from './store.ts'

/** A token's life, and so how long a retired key must still verify. */
export const tokenSeconds = 3600

/**
 * How long a process may go on with the ring that it read: after a rotation elsewhere, it signs with the old key so long.
 * Measured by a clock that nobody turns.
 */
const ringMilliseconds = 5_000

const retention = (tokenSeconds + 300) * 1000

interface Ring {
  current: { kid: string; sign: Signer }
  /** kid → public key: next, current and retired. */
  publicKeys: Map<string, CryptoKey>
  jwks: { keys: JWK[] }
  /** The private keys, the one that signs now first: a retired one still reads what it signed. */
  signing: JWK[]
}

const shared = globalThis as { playgroundRing?: Promise<Ring> | undefined; playgroundRingReadAt?: number }

/** The public keys that verify this server's tokens: the next, the current, and the retired until their last token has expired. */
export async function jwks(maxAge = ringMilliseconds): Promise<{ keys: JWK[] }> {
  return (await ring(maxAge)).jwks
}

/** The key that signs now. */
export async function currentKey(): Promise<Ring['current']> {
  return (await ring()).current
}

/** The private keys, the one that signs now first, each with its `kid`; for the authorization server, which signs by itself. */
export async function signingJwks(): Promise<readonly JWK[]> {
  return (await ring()).signing
}

/** The public key of a kid; a kid that is not known here is looked for once more, since another process may have rotated. */
export async function publicKey(kid: string): Promise<CryptoKey | undefined> {
  const known = (await ring()).publicKeys.get(kid)
  return known ?? (await ring(1_000)).publicKeys.get(kid)
}

/**
 * Rotates: the next key signs from now on (within 5 s in other processes), a new next key is published, and the one that
 * signed so far stays in the JWKS until its last token has expired. Tokens in use stay valid.
 */
export async function rotate(): Promise<{ current: string; next: string }> {
  const next = await newKey()
  await ring()
  await store.turn(next)
  await store.removeRetired(new Date(longOver().getTime() - retention))
  return { current: (await ring(0)).current.kid, next: next.id }
}

/** The ring, read again from storage when it is older than `maxAge` milliseconds. */
async function ring(maxAge = ringMilliseconds): Promise<Ring> {
  if (!shared.playgroundRing || performance.now() - (shared.playgroundRingReadAt ?? 0) >= maxAge) {
    const reading = read()
    reading.catch(() => {
      if (shared.playgroundRing === reading) shared.playgroundRing = undefined
    })
    shared.playgroundRing = reading
    shared.playgroundRingReadAt = performance.now()
  }
  return shared.playgroundRing as Promise<Ring>
}

async function read(): Promise<Ring> {
  const since = () => new Date(clock.now() - retention)
  let rows = await store.list(since())
  if (!rows.some((row) => row.activatedAt && !row.retiredAt)) {
    await store.begin(await newKey(), await newKey())
    rows = await store.list(since())
  }
  const signing = rows.findLast((row) => row.activatedAt && !row.retiredAt)
  if (!signing) throw new Problem('unavailable', 'There is no signing key.', { headers: { 'Retry-After': '5' } })
  const keys = rows.map((row) => JSON.parse(row.publicJwk) as JWK)
  const privateJwk = (row: (typeof rows)[number]) => JSON.parse(unseal(row.privateJwk, `signing-key:${row.id}`)) as JWK
  const imported = await Promise.all(keys.map((jwk) => importJWK(jwk, 'ES256') as Promise<CryptoKey>))
  return {
    current: { kid: signing.id, sign: signerOf({ ...privateJwk(signing), kid: signing.id }) },
    publicKeys: new Map(rows.map((row, index) => [row.id, imported[index] as CryptoKey])),
    jwks: { keys },
    signing: [signing, ...rows.filter((row) => row.retiredAt)].map((row) => ({
      ...privateJwk(row),
      kid: row.id,
      alg: 'ES256',
      use: 'sig',
    })),
  }
}

/** @see https://www.rfc-editor.org/rfc/rfc7638 (the kid is the key's thumbprint) */
async function newKey(): Promise<store.NewSigningKey> {
  const pair = await generateKeyPair('ES256', { extractable: true })
  const publicJwk = await exportJWK(pair.publicKey)
  const kid = await calculateJwkThumbprint(publicJwk)
  return {
    id: kid,
    publicJwk: JSON.stringify({ ...publicJwk, kid, alg: 'ES256', use: 'sig' }),
    privateJwk: seal(JSON.stringify(await exportJWK(pair.privateKey)), `signing-key:${kid}`),
  }
}
