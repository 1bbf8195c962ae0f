import type { NonceCommitments, Nonces } from '@noble/curves/abstract/frost.js'
import { equalBytes } from '@noble/curves/utils.js'
import {
  checkGeneration,
  frostPublic,
  frostSecret,
  identifierOf,
  type KeyShare,
  type PublicPackage,
  publicKey,
} from './key.ts'
import type { Commitment, SignatureShare } from './messages.ts'
import { partyOf } from './parties.ts'
import type { PartyName } from './party-names.ts'
import { ProtocolError } from './protocol-error.ts'
import { isElement, suiteOf, verify } from './suites.ts'

/** A party that has committed to its nonces for one message. It is secret but for `commitment`, and lives in memory only. */
export interface Committed {
  readonly key: PublicPackage
  readonly share: KeyShare
  readonly message: Uint8Array
  readonly commitment: Commitment
  readonly nonces: Nonces
}

/**
 * A party's first round of a signature. The nonces are for this message alone, and serve once.
 *
 * @throws ProtocolError generation_mismatch for a share from before or after a resharing
 */
export function commit(key: PublicPackage, share: KeyShare, message: Uint8Array): Committed {
  checkGeneration(key, share)
  const { suite } = key
  const { nonces, commitments } = suiteOf(suite).sign.commit(frostSecret(suite, share))
  const commitment = { party: share.party, hiding: commitments.hiding, binding: commitments.binding }
  return { key, share, message: Uint8Array.from(message), commitment, nonces }
}

/**
 * Checks who wants to sign: parties of the key, each once, as many as the threshold, with commitments that are points.
 *
 * @throws ProtocolError parties_invalid, commitment_invalid
 */
export function checkSigners(key: PublicPackage, commitments: readonly Commitment[]): PartyName[] {
  const parties = signersOf(key, commitments)
  checkElements(key, commitments)
  return parties
}

function signersOf(key: PublicPackage, commitments: readonly Commitment[]): PartyName[] {
  const parties = commitments.map(({ party }) => partyOf(party, key.parties))
  if (new Set(parties).size !== parties.length) {
    throw new ProtocolError('parties_invalid', 'Each signer commits once.')
  }
  if (parties.length < key.threshold) {
    const detail = `It takes ${key.threshold} of ${key.parties.length} parties to sign, and there are ${parties.length}.`
    throw new ProtocolError('parties_invalid', detail)
  }
  for (const [index, { hiding }] of commitments.entries()) {
    if (!commitments.slice(0, index).some((other) => equalBytes(other.hiding, hiding))) continue
    const party = parties[index] as PartyName
    throw new ProtocolError('commitment_invalid', `${party} repeats another’s commitment.`, { party })
  }
  return parties
}

/** Says whose commitment is no pair of elements: the library, which checks them too, does not. */
function checkElements({ suite }: PublicPackage, commitments: readonly Commitment[]): void {
  const wrong = commitments.find(({ hiding, binding }) => !isElement(suite, hiding) || !isElement(suite, binding))
  if (wrong) throw new ProtocolError('commitment_invalid', undefined, { party: wrong.party as PartyName })
}

/**
 * A party's second round of a signature: its share, of the message that it committed for.
 *
 * The nonces are gone afterwards.
 *
 * @param commitments of all signers, its own among them
 * @throws ProtocolError round_used, parties_invalid, commitment_invalid
 */
export function signatureShare(committed: Committed, commitments: readonly Commitment[]): SignatureShare {
  const { key, share, message, commitment, nonces } = committed
  const { party } = share
  signersOf(key, commitments)
  const own = commitments.find((one) => one.party === party)
  if (!own || !equalBytes(own.hiding, commitment.hiding) || !equalBytes(own.binding, commitment.binding)) {
    throw new ProtocolError('commitment_invalid', `The commitment of ${party} is not what it said.`, { party })
  }
  if ([nonces.hiding, nonces.binding].every((nonce) => nonce.every((byte) => byte === 0))) {
    throw new ProtocolError('round_used', 'These nonces have served, and serve once.', { party })
  }
  const { suite } = key
  const list = commitments.map((one) => nonceCommitments(key, one))
  try {
    const signed = suiteOf(suite).sign.signShare(frostSecret(suite, share), frostPublic(key), nonces, list, message)
    return { party, share: signed }
  } catch (cause) {
    checkElements(key, commitments)
    throw new ProtocolError('commitment_invalid', undefined, { cause })
  } finally {
    nonces.hiding.fill(0)
    nonces.binding.fill(0)
  }
}

/**
 * Verifies shares of a signature, each by itself.
 *
 * @throws ProtocolError parties_invalid; share_invalid, with the name of the party that cheats
 */
export function checkSignatureShares(
  key: PublicPackage,
  message: Uint8Array,
  commitments: readonly Commitment[],
  shares: readonly SignatureShare[],
): void {
  const { suite } = key
  signersOf(key, commitments)
  const list = commitments.map((one) => nonceCommitments(key, one))
  for (const { party: name, share } of shares) {
    const party = partyOf(name, key.parties)
    if (verifies(identifierOf(suite, party), share)) continue
    checkElements(key, commitments)
    throw new ProtocolError('share_invalid', undefined, { party })
  }

  function verifies(identifier: string, share: Uint8Array): boolean {
    try {
      return suiteOf(suite).sign.verifyShare(frostPublic(key), list, message, identifier, share)
    } catch {
      return false
    }
  }
}

/**
 * The signature of 64 bytes, of every signer's share. It has been verified as any other verifier would.
 *
 * @throws ProtocolError parties_invalid; share_invalid, with the name of the party that cheats
 */
export function aggregate(
  key: PublicPackage,
  message: Uint8Array,
  commitments: readonly Commitment[],
  shares: readonly SignatureShare[],
): Uint8Array {
  const { suite } = key
  const signers = signersOf(key, commitments)
  const all = signers.every((party) => shares.filter((share) => share.party === party).length === 1)
  if (!all || shares.length !== signers.length) {
    throw new ProtocolError('parties_invalid', 'It takes one share of each signer.')
  }
  const list = commitments.map((one) => nonceCommitments(key, one))
  const byIdentifier = Object.fromEntries(
    shares.map(({ party, share }) => [identifierOf(suite, party as PartyName), share]),
  )
  try {
    const signature = suiteOf(suite).sign.aggregate(frostPublic(key), list, message, byIdentifier)
    if (verify(suite, signature, message, publicKey(key))) return signature
  } catch {
    // The library's own words do not name who cheated.
  }
  checkSignatureShares(key, message, commitments, shares)
  throw new ProtocolError('share_invalid', 'The signature does not verify.')
}

function nonceCommitments(key: PublicPackage, { party, hiding, binding }: Commitment): NonceCommitments {
  return { identifier: identifierOf(key.suite, party as PartyName), hiding, binding } as NonceCommitments
}
