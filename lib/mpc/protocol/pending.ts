import type { DKG_Secret } from '@noble/curves/abstract/frost.js'
import { bytesToHex, hexToBytes } from '@noble/curves/utils.js'
import type { Ceremony } from './ceremony.ts'
import { identity } from './identity.ts'
import type { Round1 } from './messages.ts'
import { partyOf } from './parties.ts'
import { ProtocolError } from './protocol-error.ts'
import { round2, type Shared } from './rounds.ts'
import { restoredEncryptionKey, storedEncryptionKey } from './sealed-share.ts'

/** A party after its second round, as JSON can carry it: bytes are hexadecimal. It is as secret as the share that comes of it. */
export interface PendingParty {
  party: string
  identity: string
  identifier: string
  coefficients: string[]
  encryption: string
  /** The first round of all. */
  messages: PendingRound1[]
}

type PendingRound1 = Record<Exclude<keyof Round1, 'commitment'>, string> & { commitment: string[] }

/** What a party needs for its third round, wherever that happens. */
export async function pendingOf({ begun, messages }: Shared): Promise<PendingParty> {
  const { party, dkg, encryption } = begun
  return {
    party,
    identity: bytesToHex(begun.identity.secretKey),
    identifier: String(dkg.identifier),
    coefficients: (dkg.coefficients ?? []).map(String),
    encryption: bytesToHex(await storedEncryptionKey(encryption)),
    messages: messages.map((message) => ({
      party: message.party,
      commitment: message.commitment.map((point) => bytesToHex(point)),
      proofOfKnowledge: bytesToHex(message.proofOfKnowledge),
      encryptionKey: bytesToHex(message.encryptionKey),
      identityKey: bytesToHex(message.identityKey),
      signature: bytesToHex(message.signature),
    })),
  }
}

/**
 * The party again as it was after its second round: what it has sent stands, and everything is checked anew.
 *
 * @throws ProtocolError as `round2`
 */
export async function resumed(ceremony: Ceremony, pending: PendingParty): Promise<Shared> {
  const party = partyOf(pending.party, ceremony.parties)
  const messages = pending.messages.map((message) => ({
    party: message.party,
    commitment: message.commitment.map((point) => hexToBytes(point)),
    proofOfKnowledge: hexToBytes(message.proofOfKnowledge),
    encryptionKey: hexToBytes(message.encryptionKey),
    identityKey: hexToBytes(message.identityKey),
    signature: hexToBytes(message.signature),
  }))
  const own = messages.find((message) => message.party === party)
  if (!own) throw new ProtocolError('parties_invalid', `The first round of ${party} is missing.`, { party })
  const dkg: DKG_Secret = {
    identifier: BigInt(pending.identifier),
    coefficients: pending.coefficients.map(BigInt),
    commitment: own.commitment.map((point) => point.slice()),
    signers: { min: ceremony.threshold, max: ceremony.parties.length },
    step: 1,
  } as DKG_Secret
  const encryption = await restoredEncryptionKey(hexToBytes(pending.encryption), own.encryptionKey)
  const begun = { ceremony, party, identity: identity(hexToBytes(pending.identity)), round1: own, dkg, encryption }
  return round2(begun, messages)
}
