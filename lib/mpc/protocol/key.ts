import type { FrostPublic, FrostSecret } from '@noble/curves/abstract/frost.js'
import { bytesToHex, equalBytes } from '@noble/curves/utils.js'
import { type Parties, partiesOf } from './parties.ts'
import { type PartyName, partyNames } from './party-names.ts'
import { ProtocolError } from './protocol-error.ts'
import { type SuiteName, suiteNameOf, suiteOf } from './suites.ts'

/** What all parties know of a key. The members are those of the proto's Key. */
export interface PublicPackage extends Parties {
  readonly suite: SuiteName
  /** Commitments to the polynomial, as many as the threshold; the first is the group's key. */
  readonly commitments: readonly Uint8Array[]
  /** What each party's signature shares are verified with. */
  readonly verifyingShares: Readonly<Record<string, Uint8Array>>
  /** 0 as made, one more with each resharing. */
  readonly generation: number
}

/** What one party alone knows: its share of a key, 32 bytes. */
export interface KeyShare {
  readonly party: PartyName
  readonly generation: number
  readonly secret: Uint8Array
}

/**
 * A public package from what came over the wire or out of storage.
 *
 * @throws ProtocolError suite_unsupported, parties_invalid, commitment_invalid
 */
export function publicPackageOf(key: {
  suite: string
  threshold: number
  parties: readonly string[]
  commitments: readonly Uint8Array[]
  verifyingShares: Readonly<Record<string, Uint8Array>>
  generation: number
}): PublicPackage {
  const suite = suiteNameOf(key.suite)
  const { threshold, parties } = partiesOf(key.threshold, key.parties)
  const points = parties.map((party) => [party, key.verifyingShares[party]] as const)
  const complete = points.every(([, point]) => point) && Object.keys(key.verifyingShares).length === parties.length
  if (!complete || key.commitments.length !== threshold) {
    throw new ProtocolError('commitment_invalid', 'The public package is not complete.')
  }
  const verifyingShares = Object.fromEntries(points) as Record<string, Uint8Array>
  return { suite, threshold, parties, commitments: key.commitments, verifyingShares, generation: key.generation }
}

/** The group's key as plain verifiers take it: 32 bytes, for schnorr-secp256k1 the x coordinate alone. */
export function publicKey({ suite, commitments }: Pick<PublicPackage, 'suite' | 'commitments'>): Uint8Array {
  return suiteOf(suite).publicKey(commitments[0] as Uint8Array)
}

/** Whether two parties came to the same key, with the same parties, threshold and generation. */
export function samePublicPackage(one: PublicPackage, other: PublicPackage): boolean {
  const same = (a: PublicPackage) =>
    JSON.stringify([
      [a.suite, a.threshold, a.parties, a.generation],
      a.commitments.map(bytesToHex),
      a.parties.map((party) => bytesToHex(a.verifyingShares[party] as Uint8Array)),
    ])
  return same(one) === same(other)
}

/**
 * Checks that a share is the party's, of this key and generation.
 *
 * @throws ProtocolError generation_mismatch, share_invalid
 */
export function checkKeyShare(key: PublicPackage, share: KeyShare): void {
  const { party } = share
  checkGeneration(key, share)
  try {
    suiteOf(key.suite).keygen.validateSecret(frostSecret(key.suite, share), frostPublic(key))
  } catch (cause) {
    throw new ProtocolError('share_invalid', undefined, { party, cause })
  }
}

/** @throws ProtocolError generation_mismatch */
export function checkGeneration(key: PublicPackage, { party, generation }: KeyShare): void {
  if (generation === key.generation) return
  const detail = `The share of ${party} is of generation ${generation}, the key of ${key.generation}: shares from before a resharing sign no more.`
  throw new ProtocolError('generation_mismatch', detail, { party })
}

/** A party as the library knows it. A name has the same number in every key. */
export function identifierOf(suite: SuiteName, party: PartyName): string {
  return suiteOf(suite).keygen.Identifier.fromNumber(partyNames.indexOf(party) + 1)
}

export function frostSecret(suite: SuiteName, { party, secret }: KeyShare): FrostSecret {
  return { identifier: identifierOf(suite, party), signingShare: secret.slice() }
}

export function frostPublic(key: PublicPackage): FrostPublic {
  const { suite, threshold, parties, commitments, verifyingShares } = key
  return {
    signers: { min: threshold, max: parties.length },
    commitments: commitments.map((point) => point.slice()),
    verifyingShares: Object.fromEntries(
      parties.map((party) => [identifierOf(suite, party), (verifyingShares[party] as Uint8Array).slice()]),
    ),
  }
}

/** Whether a key stayed what it was. */
export function sameGroupKey(one: PublicPackage, other: PublicPackage): boolean {
  return one.suite === other.suite && equalBytes(one.commitments[0] as Uint8Array, other.commitments[0] as Uint8Array)
}
