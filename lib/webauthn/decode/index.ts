import { decodeAttestationObject } from './attestation-object.ts'
import { decodeAuthenticatorData } from './authenticator-data.ts'
import { decodeClientData } from './client-data.ts'
import type { Decoder } from './node.ts'
import { decodeSignature } from './signature.ts'
import { wholeAttestationObject } from './whole-attestation-object.ts'

export { equalBytes, fromBase64url, toBase64url, toHex } from './bytes.ts'
export { decodeCborTree } from './cbor-tree.ts'
export { decodeCoseKey } from './cose-key.ts'
export { diagnosticOf } from './diagnostic.ts'
export type { Decoded, DecodedNode, Decoder } from './node.ts'
export type * from './structures.ts'
export { decodeAttestationObject, decodeAuthenticatorData, decodeClientData, decodeSignature }

/** The structures that stand as bytes in a response, under their names there, in the order to read them in. */
export const decoders: Readonly<Record<string, Decoder>> = {
  clientDataJSON: {
    decode: decodeClientData,
    note: 'What the browser vouches for: the authenticator signs its hash.',
    text: true,
  },
  attestationObject: {
    decode: decodeAttestationObject,
    whole: wholeAttestationObject,
    note: 'What the authenticator made: the new public key, and perhaps a statement about itself.',
  },
  authenticatorData: {
    decode: decodeAuthenticatorData,
    note: 'What the authenticator says about this use of the passkey. It is signed.',
  },
  signature: {
    decode: decodeSignature,
    note: 'Over authenticatorData followed by the SHA-256 hash of clientDataJSON.',
  },
}
