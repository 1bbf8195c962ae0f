// What parties send each other. The members are those of the proto's messages of the same names.

/** What a party tells all others in the first round, signed with its identity key. */
export interface Round1 {
  party: string
  commitment: Uint8Array[]
  proofOfKnowledge: Uint8Array
  /** X25519. */
  encryptionKey: Uint8Array
  /** Ed25519. */
  identityKey: Uint8Array
  signature: Uint8Array
}

/** A share of the second round, encrypted to the party that gets it. */
export interface SealedShare {
  from: string
  to: string
  encapsulatedKey: Uint8Array
  ciphertext: Uint8Array
}

/** A party's commitment to its nonces for one signature. */
export interface Commitment {
  party: string
  hiding: Uint8Array
  binding: Uint8Array
}

/** A party's share of one signature. */
export interface SignatureShare {
  party: string
  share: Uint8Array
}
