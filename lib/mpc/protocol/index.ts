// What one party of the protocol does, and what it sends the others. Nothing here reaches a network, a clock or a disk.

export { type Ceremony, type Keygen, keygenOf, type Reshare, reshareOf } from './ceremony.ts'
export { type Identity, identity } from './identity.ts'
export {
  checkKeyShare,
  type KeyShare,
  type PublicPackage,
  publicKey,
  publicPackageOf,
  samePublicPackage,
} from './key.ts'
export type { Commitment, Round1, SealedShare, SignatureShare } from './messages.ts'
export { type Parties, partiesOf, partyOf, whoCanSign } from './parties.ts'
export { type PartyName, partyNames } from './party-names.ts'
export { type PendingParty, pendingOf, resumed } from './pending.ts'
export { ProtocolError } from './protocol-error.ts'
export { type Reason, reasons } from './reasons.ts'
export { termsOf } from './resharing.ts'
export { checkTranscript, type Pinned } from './round1.ts'
export { type Begun, type Finished, round1, round2, round3, type Shared } from './rounds.ts'
export { aggregate, type Committed, checkSignatureShares, checkSigners, commit, signatureShare } from './signing.ts'
export { type SuiteName, suiteNameOf, suiteNames, verify } from './suites.ts'
