import { AsnConvert } from '@peculiar/asn1-schema'
import { BasicConstraints, Certificate, type Extension, id_ce_basicConstraints } from '@peculiar/asn1-x509'
import { fromBER } from 'asn1js'

// Whoever makes a certificate chooses what is in it, and what reads it whole takes long: nothing here is read that has more
// in it than any real one.

/** About twice what the certificates of real authenticators have. */
const mostParts = 200

/** id-fido-gen-ce-aaguid. */
const idAaguid = '1.3.6.1.4.1.45724.1.1.4'

/** Whether a certificate (DER) has more in it than any real one. What is no certificate has not. */
export function isOverloaded(certificate: Uint8Array): boolean {
  try {
    const { offset, result } = fromBER(certificate, { maxNodes: mostParts })
    return offset === -1 && /^Maximum/.test(result.error)
  } catch {
    // It throws on some texts and times that are none.
    return false
  }
}

/** What a certificate says of itself that `X509Certificate` does not tell. */
export interface CertificateParts {
  certificate: Certificate
  /** `pathLength`: how many CAs may stand between it and what it vouches for; absent: any number. Undefined without the extension. */
  basicConstraints: { ca: boolean; pathLength?: number } | undefined
  /** Of the authenticator's model, 16 bytes; undefined without the extension. */
  aaguid: { bytes: Uint8Array; critical: boolean } | undefined
}

/**
 * Reads a certificate (DER); undefined where it is none or has more in it than any real one.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-packed-attestation-cert-requirements
 */
export function certificateParts(der: Uint8Array): CertificateParts | undefined {
  try {
    const certificate = AsnConvert.parse(der, Certificate, { berOptions: { maxNodes: mostParts } })
    const extensions = certificate.tbsCertificate.extensions ?? []
    const find = (id: string) => extensions.find(({ extnID }) => extnID === id)
    return {
      certificate,
      basicConstraints: constraintsIn(find(id_ce_basicConstraints)),
      aaguid: aaguidIn(find(idAaguid)),
    }
  } catch {
    return undefined
  }
}

function constraintsIn(extension: Extension | undefined): CertificateParts['basicConstraints'] {
  if (!extension) return undefined
  const { cA, pathLenConstraint } = AsnConvert.parse(extension.extnValue, BasicConstraints)
  return { ca: cA, ...(pathLenConstraint === undefined ? {} : { pathLength: pathLenConstraint }) }
}

/** An OCTET STRING in the extension's own. */
function aaguidIn(extension: Extension | undefined): CertificateParts['aaguid'] {
  if (!extension) return undefined
  return { bytes: new Uint8Array(extension.extnValue.buffer).slice(2), critical: extension.critical }
}
