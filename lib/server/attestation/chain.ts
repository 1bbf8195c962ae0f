import { X509Certificate } from 'node:crypto'
import { certificateParts } from '#lib/webauthn/verify/certificate-parts.ts'
import { followChain as follow, type Link, type Way as WayTo } from '#lib/webauthn/verify/chain.ts'
import { clock } from '../clock.ts'

export type Way = WayTo<X509Certificate>

/**
 * Follows certificates (DER, the signer's first) to one of the anchors, now.
 *
 * @see ../../webauthn/verify/chain.ts
 */
export function followChain(certificates: readonly Uint8Array[], anchors: readonly X509Certificate[]): Promise<Way> {
  return follow(certificates, anchors.map(linkOf), (der) => linkOf(new X509Certificate(der)), clock.now())
}

function linkOf(certificate: X509Certificate): Link<X509Certificate> {
  const { fingerprint256, subject, issuer, ca, validFromDate, validToDate } = certificate
  return {
    certificate,
    fingerprint: fingerprint256,
    selfIssued: subject === issuer,
    ca,
    get pathLength() {
      return certificateParts(certificate.raw)?.basicConstraints?.pathLength
    },
    notBefore: validFromDate.getTime(),
    notAfter: validToDate.getTime(),
    isIssuedBy: (by) => certificate.checkIssued(by.certificate) && certificate.verify(by.certificate.publicKey),
  }
}
