/**
 * The decoders that take more code than the others: they read DER, or what stands inside of certificates and statements. A
 * page brings them in a chunk of their own, when there is something for them to read.
 */

export { keyForms } from './keys/key-forms.ts'
export { decodePublicKeyInfo, keyOfJwk } from './keys/public-key.ts'
export { decodeWholeAttestationObject } from './statements/attestation.ts'
export { decodeCertificate } from './x509/certificate.ts'
