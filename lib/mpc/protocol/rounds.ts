import type { DKG_Round2, DKG_Secret, Key } from '@noble/curves/abstract/frost.js'
import { equalBytes } from '@noble/curves/utils.js'
import type { Ceremony } from './ceremony.ts'
import { type Identity, signAs } from './identity.ts'
import { identifierOf, type KeyShare, type PublicPackage, sameGroupKey } from './key.ts'
import type { Round1, SealedShare } from './messages.ts'
import { partyOf } from './parties.ts'
import type { PartyName } from './party-names.ts'
import { ProtocolError } from './protocol-error.ts'
import { checkTerms } from './resharing.ts'
import { checkedRound1, dkgRound1, isProven, type Pinned, signedBytes, transcriptOf } from './round1.ts'
import { newEncryptionKey, open, seal } from './sealed-share.ts'
import { suiteOf } from './suites.ts'

/** A party after its first round. What it is made of is secret and lives in memory only; `round1` goes to all others. */
export interface Begun {
  readonly ceremony: Ceremony
  readonly party: PartyName
  readonly identity: Identity
  readonly round1: Round1
  readonly dkg: DKG_Secret
  readonly encryption: CryptoKeyPair
}

/** A party after its second round. Each of `shares` goes to the party that it is for. */
export interface Shared {
  readonly begun: Begun
  /** The first round of all, in the order of the parties. */
  readonly messages: readonly Round1[]
  /** SHA-256 of the first round, for the others to compare. */
  readonly transcript: Uint8Array
  readonly shares: readonly SealedShare[]
}

/** What a party has after the third round. */
export interface Finished {
  readonly key: PublicPackage
  readonly share: KeyShare
  /** Who all parties are, to be pinned. */
  readonly identityKeys: Readonly<Record<string, Uint8Array>>
  readonly transcript: Uint8Array
}

/**
 * A party's first round of a key generation, or of a resharing.
 *
 * @param term in a resharing the party's constant term, of `termsOf`
 * @throws ProtocolError parties_invalid
 */
export async function round1(ceremony: Ceremony, name: string, identity: Identity, term?: Uint8Array): Promise<Begun> {
  const party = partyOf(name, ceremony.parties)
  if ((ceremony.purpose === 'reshare') !== (term !== undefined)) {
    throw new ProtocolError('parties_invalid', 'A resharing, and nothing else, has terms of an old key.', { party })
  }
  const { suite, threshold, parties } = ceremony
  const signers = { min: threshold, max: parties.length }
  const { public: opened, secret } = suiteOf(suite).keygen.DKG.round1(identifierOf(suite, party), signers, term)
  const { pair, publicKey } = await newEncryptionKey()
  const message = {
    party,
    commitment: opened.commitment,
    proofOfKnowledge: opened.proofOfKnowledge,
    encryptionKey: publicKey,
    identityKey: identity.publicKey,
  }
  const signature = signAs(identity, signedBytes(ceremony, message))
  return { ceremony, party, identity, round1: { ...message, signature }, dkg: secret, encryption: pair }
}

/**
 * A party's second round: checks the first round of all, and seals a share for each of the others.
 *
 * @param messages the first round of every party, its own among them
 * @param pinned the identity keys that the party knew before
 * @throws ProtocolError round_used, parties_invalid, identity_invalid, commitment_invalid
 */
export async function round2(begun: Begun, messages: readonly Round1[], pinned: Pinned = {}): Promise<Shared> {
  const { ceremony, party, dkg } = begun
  if (dkg.step !== 1) throw new ProtocolError('round_used', undefined, { party })
  const checked = checkedRound1(ceremony, messages, { ...pinned, [party]: begun.round1.identityKey })
  const own = checked.find((message) => message.party === party) as Round1
  if (!equalBytes(own.signature, begun.round1.signature)) {
    throw new ProtocolError('transcript_mismatch', `The first round of ${party} is not what it said.`, { party })
  }
  const others = checked.filter((message) => message !== own)
  if (ceremony.purpose === 'reshare') checkTerms(ceremony, checked)
  const shares = dealt(begun, others)
  const transcript = await transcriptOf(ceremony, checked)
  const sealed = others.map((to) => {
    const share = shares[identifierOf(ceremony.suite, to.party as PartyName)] as DKG_Round2
    return seal(share.signingShare, to.encryptionKey, { transcript, from: party, to: to.party as PartyName })
  })
  return { begun, messages: checked, transcript, shares: await Promise.all(sealed) }
}

function dealt({ ceremony, dkg }: Begun, others: readonly Round1[]): Record<string, DKG_Round2> {
  try {
    const messages = others.map((message) => dkgRound1(ceremony, message))
    return suiteOf(ceremony.suite).keygen.DKG.round2(dkg, messages)
  } catch (cause) {
    const party = others.find((message) => !isProven(ceremony, message))?.party as PartyName | undefined
    throw new ProtocolError('commitment_invalid', undefined, { party, cause })
  }
}

/**
 * A party's third round: opens what the others sealed for it, checks each share against its sender's commitments, and has its
 * own share of the key.
 *
 * The round's secrets are gone afterwards. Where a share is refused they stay, for the right one.
 *
 * @param sealed the shares for this party, one of each other party
 * @throws ProtocolError round_used, parties_invalid, share_invalid with the sender's name
 */
export async function round3(
  { begun, messages, transcript }: Shared,
  sealed: readonly SealedShare[],
): Promise<Finished> {
  const { ceremony, party, dkg, encryption } = begun
  const { suite, threshold, parties } = ceremony
  const others = messages.filter((message) => message.party !== party)
  if (sealed.length !== others.length) {
    throw new ProtocolError('parties_invalid', `${party} needs one share of each of the others.`)
  }
  const opened = await Promise.all(
    others.map(async (sender) => {
      const from = sender.party as PartyName
      const share = sealed.find((one) => one.from === from)
      if (!share) throw new ProtocolError('share_invalid', `The share of ${from} is missing.`, { party: from })
      if (share.to !== party) {
        throw new ProtocolError('share_invalid', `The share of ${from} is for another party.`, { party: from })
      }
      const signingShare = await open(share, encryption, { transcript, from, to: party })
      return { identifier: identifierOf(suite, from), signingShare } as DKG_Round2
    }),
  )
  if (dkg.step !== 2) throw new ProtocolError('round_used', undefined, { party })
  const result = combined(begun, others, opened)
  const generation = ceremony.purpose === 'reshare' ? ceremony.old.generation + 1 : 0
  const verifyingShares = Object.fromEntries(
    parties.map((name) => [name, result.public.verifyingShares[identifierOf(suite, name)] as Uint8Array]),
  )
  const key = { suite, threshold, parties, commitments: result.public.commitments, verifyingShares, generation }
  if (ceremony.purpose === 'reshare' && !sameGroupKey(ceremony.old, key)) {
    throw new ProtocolError('commitment_invalid', 'The resharing gave another key.')
  }
  return {
    key,
    share: { party, generation, secret: result.secret.signingShare },
    identityKeys: Object.fromEntries(messages.map((message) => [message.party, message.identityKey])),
    transcript,
  }
}

function combined({ ceremony, party, dkg }: Begun, others: readonly Round1[], shares: readonly DKG_Round2[]): Key {
  const messages = others.map((message) => dkgRound1(ceremony, message))
  try {
    return suiteOf(ceremony.suite).keygen.DKG.round3(dkg, messages, [...shares])
  } catch (cause) {
    const wrong = others.find((sender, index) => {
      return !fits(ceremony, party, sender, shares[index]?.signingShare as Uint8Array)
    })
    const from = wrong?.party as PartyName | undefined
    const detail = from && `The share of ${from} does not fit what it committed to.`
    throw new ProtocolError('share_invalid', detail, { party: from, cause })
  }
}

/**
 * Whether a share is what its sender committed to. The library's third round checks them all, and does not say whose it
 * refuses: so each is asked for alone.
 */
function fits(ceremony: Ceremony, party: PartyName, sender: Round1, signingShare: Uint8Array): boolean {
  const { suite, threshold, parties } = ceremony
  const signers = { min: threshold, max: parties.length }
  const commitments = dkgRound1(ceremony, sender).commitment
  const secret = { identifier: identifierOf(suite, party), signingShare: signingShare.slice() }
  try {
    suiteOf(suite).keygen.validateSecret(secret, { signers, commitments, verifyingShares: {} })
    return true
  } catch {
    return false
  }
}
