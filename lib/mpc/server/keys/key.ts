import type { MessageInitShape } from '@bufbuild/protobuf'
import { timestampFromDate } from '@bufbuild/protobuf/wkt'
import type { KeySchema } from '../../proto/mpc_pb.js'
import { type PublicPackage, publicPackageOf } from '../../protocol/key.ts'
import type { Owner } from '../tokens/caller.ts'

/** A key as it is stored: what is public of it, and this server's sealed share. */
export interface StoredKey extends Owner {
  id: string
  label: string
  key: PublicPackage
  publicKey: Uint8Array
  /** Who the parties are: their pinned identity keys. */
  identityKeys: Record<string, Uint8Array>
  /** Sealed. */
  share: string
  policy: Policy
  /** Nobody: it is not frozen. */
  frozenBy: readonly Freezer[]
  signatures: number
  createdAt: Date
  lastSignedAt: Date | null
}

/** Who may freeze a key; each unfreezes what they froze alone. */
export type Freezer = 'user' | 'tenant'

export interface Policy {
  approval: 'always' | 'never'
  /** Signatures within any hour; 0: no such limit. */
  maxPerHour: number
}

/** A key as callers see it: nothing secret. */
export function viewOf(stored: StoredKey): MessageInitShape<typeof KeySchema> {
  const { id, label, key, publicKey, policy, frozenBy, signatures, createdAt, lastSignedAt, environment } = stored
  const { suite, threshold, parties, commitments, verifyingShares, generation } = key
  return {
    id,
    label,
    suite,
    threshold,
    parties: [...parties],
    publicKey,
    commitments: [...commitments],
    verifyingShares: { ...verifyingShares },
    policy,
    frozen: frozenBy.length > 0,
    frozenBy: [...frozenBy],
    generation,
    signatures: BigInt(signatures),
    createdAt: timestampFromDate(createdAt),
    ...(lastSignedAt ? { lastSignedAt: timestampFromDate(lastSignedAt) } : {}),
    environment,
  }
}

/** Who froze a key, as it is stored. */
export function freezersOf({ frozen, frozenByTenant }: { frozen: boolean; frozenByTenant: boolean }): Freezer[] {
  return [...(frozen ? (['user'] as const) : []), ...(frozenByTenant ? (['tenant'] as const) : [])]
}

/** The public package as text for storage. */
export function packageText({ commitments, verifyingShares }: PublicPackage): string {
  return JSON.stringify({ commitments: commitments.map(base64url), verifyingShares: mapText(verifyingShares) })
}

/** The same, read again. */
export function packageOf(row: {
  suite: string
  threshold: number
  parties: string
  publicPackage: string
  generation: number
}): PublicPackage {
  const { suite, threshold, generation } = row
  const kept = JSON.parse(row.publicPackage) as { commitments: string[]; verifyingShares: Record<string, string> }
  return publicPackageOf({
    suite,
    threshold,
    parties: JSON.parse(row.parties) as string[],
    commitments: kept.commitments.map(bytesOf),
    verifyingShares: mapOf(kept.verifyingShares),
    generation,
  })
}

/** Bytes by name, for storage. */
export function mapText(bytes: Readonly<Record<string, Uint8Array>>): Record<string, string> {
  return Object.fromEntries(Object.entries(bytes).map(([name, value]) => [name, base64url(value)]))
}

/** The same, read again. */
export function mapOf(texts: Record<string, string>): Record<string, Uint8Array> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, bytesOf(text)]))
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url')
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'base64url'))
}
