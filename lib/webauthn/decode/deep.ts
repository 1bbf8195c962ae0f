/**
 * The decoders that take more code than the others: they read DER, or what stands inside of certificates and statements. A
 * page brings them in a chunk of their own, when there is something for them to read.
 */

export { decodeClientExtensionResults } from './client-extension-results.ts'
export { pemOf } from './keys/pem-of.ts'
export {
  coseKeyBytes,
  decodePublicKeyInfo,
  jwkOf,
  keyOfJwk,
  type PublicJwk,
  publicKeyInfoOf,
} from './keys/public-key.ts'
export { decodeWholeAttestationObject } from './statements/attestation.ts'
export { decodeJws, type Jws } from './statements/jws.ts'
export { decodeTpmCertInfo, type TpmCertInfo } from './statements/tpm-cert-info.ts'
export { decodeTpmPubArea, type TpmPubArea } from './statements/tpm-pub-area.ts'
export { decodeCertificate, type X509Certificate } from './x509/certificate.ts'
