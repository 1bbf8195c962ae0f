import { timestampDate } from '@bufbuild/protobuf/wkt'
import type { Key } from '#lib/mpc/proto/mpc_pb.js'
import { type PublicPackage, publicKey, publicPackageOf } from '#lib/mpc/protocol/index.ts'
import { addressOf } from './address.ts'
import { MpcError } from './mpc-error.ts'

export interface KeyPolicy {
  /** Whether each signature needs an approval. */
  approval: 'always' | 'never'
  /** Signatures within any hour; absent: as many as you like. */
  maxPerHour?: number
}

/**
 * A key as the server knows it. What `generate`, `refresh` and `recover` answer was checked against this side's own shares; what
 * `list` and `get` answer is the server's word, its public key and address too: where money goes by it, keep the first one.
 */
export interface MpcKey {
  id: string
  label: string
  suite: 'ed25519' | 'schnorr-secp256k1'
  threshold: number
  parties: string[]
  /** 32 bytes, as verifiers take it. */
  publicKey: Uint8Array
  address: string
  policy: KeyPolicy
  frozen: boolean
  /** `user`, `tenant` or both: each unfreezes what they froze. */
  frozenBy: string[]
  generation: number
  signatures: number
  environment: string
  createdAt: Date | undefined
  lastSignedAt: Date | undefined
}

/** What the wire carries, as this client shows it. */
export function keyView(key: Key | undefined): MpcKey {
  const of = packageOf(key)
  const { id, label, policy, frozen, frozenBy, generation, signatures, environment, createdAt, lastSignedAt } =
    key as Key
  const bytes = publicKey(of)
  return {
    id,
    label,
    suite: of.suite,
    threshold: of.threshold,
    parties: [...of.parties],
    publicKey: bytes,
    address: addressOf(of.suite, bytes, environment),
    policy: {
      approval: policy?.approval === 'never' ? 'never' : 'always',
      ...(policy?.maxPerHour ? { maxPerHour: policy.maxPerHour } : {}),
    },
    frozen,
    frozenBy: [...frozenBy],
    generation,
    signatures: Number(signatures),
    environment,
    createdAt: createdAt && timestampDate(createdAt),
    lastSignedAt: lastSignedAt && timestampDate(lastSignedAt),
  }
}

/** @throws MpcError, ProtocolError for an answer without a whole key */
export function packageOf(key: Key | undefined): PublicPackage {
  if (!key) throw new MpcError('invalid_request', 'The server answered without the key.')
  return publicPackageOf(key)
}

/** A policy as the wire carries it. */
export function policyMessage({ approval = 'always', maxPerHour = 0 }: Partial<KeyPolicy> = {}) {
  return { approval, maxPerHour }
}
