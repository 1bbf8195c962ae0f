import type { DKG_Round1 } from '@noble/curves/abstract/frost.js'
import { equalBytes } from '@noble/curves/utils.js'
import { type Ceremony, canonical, ceremonyHeader } from './ceremony.ts'
import { isSignedBy } from './identity.ts'
import { identifierOf } from './key.ts'
import type { Round1 } from './messages.ts'
import { partyOf } from './parties.ts'
import type { PartyName } from './party-names.ts'
import { ProtocolError } from './protocol-error.ts'
import { suiteOf } from './suites.ts'

/** Identity keys that are known already, by party. */
export type Pinned = Readonly<Partial<Record<PartyName, Uint8Array>>>

const fields = ({ party, commitment, proofOfKnowledge, encryptionKey, identityKey }: Omit<Round1, 'signature'>) => [
  party,
  commitment,
  proofOfKnowledge,
  encryptionKey,
  identityKey,
]

/** What a party's identity key signs: the whole of its first round, and what ceremony it is for. */
export function signedBytes(ceremony: Ceremony, message: Omit<Round1, 'signature'>): Uint8Array {
  return canonical(['round 1', ...ceremonyHeader(ceremony), ...fields(message)])
}

/** SHA-256 of the whole first round. */
export async function transcriptOf(ceremony: Ceremony, messages: readonly Round1[]): Promise<Uint8Array> {
  const all = messages.map((message) => [...fields(message), message.signature])
  const bytes = canonical(['transcript', ...ceremonyHeader(ceremony), ...all])
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
}

/**
 * Both sides compare what they saw of the first round before a share is believed.
 *
 * @throws ProtocolError transcript_mismatch
 */
export function checkTranscript(ours: Uint8Array, theirs: Uint8Array): void {
  if (!equalBytes(ours, theirs)) throw new ProtocolError('transcript_mismatch')
}

/**
 * The first round of all parties, checked and in their order: each is there once, signed for this ceremony by who it was
 * before, with as many commitments as the threshold.
 *
 * @throws ProtocolError parties_invalid, identity_invalid, commitment_invalid
 */
export function checkedRound1(ceremony: Ceremony, messages: readonly Round1[], pinned: Pinned): Round1[] {
  for (const { party } of messages) partyOf(party, ceremony.parties)
  if (messages.length !== ceremony.parties.length) {
    throw new ProtocolError('parties_invalid', 'Each party says its first round once.')
  }
  return ceremony.parties.map((party) => {
    const message = messages.find((one) => one.party === party)
    if (!message) throw new ProtocolError('parties_invalid', `The first round of ${party} is missing.`, { party })
    check(ceremony, party, message, pinned[party])
    return message
  })
}

function check(ceremony: Ceremony, party: PartyName, message: Round1, pinned: Uint8Array | undefined): void {
  const { identityKey, signature, commitment } = message
  if (pinned && !equalBytes(pinned, identityKey)) {
    throw new ProtocolError('identity_invalid', `The identity of ${party} is another than before.`, { party })
  }
  if (!isSignedBy(identityKey, signedBytes(ceremony, message), signature)) {
    const detail = `The first round of ${party} is not signed by its identity key for this ceremony.`
    throw new ProtocolError('identity_invalid', detail, { party })
  }
  if (commitment.length !== ceremony.threshold) {
    const detail = `${party} commits to ${commitment.length} coefficients, and the threshold is ${ceremony.threshold}.`
    throw new ProtocolError('commitment_invalid', detail, { party })
  }
}

/** A first round as the library takes it. */
export function dkgRound1({ suite }: Ceremony, message: Round1): DKG_Round1 {
  return {
    identifier: identifierOf(suite, message.party as PartyName),
    commitment: message.commitment.map((point) => point.slice()),
    proofOfKnowledge: message.proofOfKnowledge.slice(),
  }
}

/**
 * Whether a first round's points are points, and its proof is one: asked of the library with none but stand-ins beside it,
 * since it does not say whose first round it refuses.
 */
export function isProven(ceremony: Ceremony, message: Round1): boolean {
  const { DKG, Identifier } = suiteOf(ceremony.suite).keygen
  const signers = { min: ceremony.threshold, max: ceremony.threshold }
  const standIns = Array.from({ length: ceremony.threshold - 1 }, (_, index) =>
    DKG.round1(Identifier.fromNumber(100 + index), signers),
  )
  const [judge, ...others] = standIns
  if (!judge) return false
  try {
    DKG.round2(judge.secret, [dkgRound1(ceremony, message), ...others.map((other) => other.public)])
    return true
  } catch {
    return false
  }
}
