import { X509Certificate } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { certificateParts, isOverloaded } from '#lib/webauthn/verify/certificate-parts.ts'
import { clock } from '../clock.ts'

/** Where a chain of certificates leads. */
export interface Way {
  /** The anchor that it leads to; absent where it leads to none. */
  anchor?: X509Certificate
  /** Why it is worth nothing, in words that go on from “the certificates: …”; absent where it is good. */
  fault?: string
}

const noRoot = 'they lead to no root that is known here'

/**
 * Follows certificates (DER, the signer's first, each signed by the next) to one of the anchors: an anchor is one of them, or
 * signed one of them. On the way every signature, period, CA flag and path length is checked; revocation lists are not fetched.
 *
 * It takes one step for each certificate, between which others have their turn, and reads none that has more in it than any
 * real one.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-6.1
 */
export async function followChain(
  certificates: readonly Uint8Array[],
  anchors: readonly X509Certificate[],
): Promise<Way> {
  if (anchors.length === 0) return { fault: noRoot }
  let [issued, fault, between]: [X509Certificate | undefined, string | undefined, number] = [undefined, undefined, 0]
  try {
    for (const der of certificates) {
      if (isOverloaded(der)) return { fault: noRoot }
      const certificate = new X509Certificate(der)
      if (issued) {
        await setImmediate()
        if (!signed(certificate, issued)) return { fault: noRoot }
        fault ??= issuerFault(certificate, between)
        if (certificate.subject !== certificate.issuer) between += 1
      }
      fault ??= periodFault(certificate)
      const same = anchors.find(({ fingerprint256 }) => fingerprint256 === certificate.fingerprint256)
      if (same) return wayTo(same, fault)
      const issuer = anchors.find((anchor) => signed(anchor, certificate))
      if (issuer) return wayTo(issuer, fault ?? issuerFault(issuer, between) ?? periodFault(issuer))
      issued = certificate
    }
  } catch {
    // Certificates that cannot be read lead nowhere.
  }
  return { fault: noRoot }
}

function wayTo(anchor: X509Certificate, fault: string | undefined): Way {
  return { anchor, ...(fault ? { fault } : {}) }
}

/** Names, key identifiers and key usage first: a signature is verified only where they fit. */
function signed(issuer: X509Certificate, certificate: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
}

function issuerFault(issuer: X509Certificate, between: number): string | undefined {
  if (!issuer.ca) return 'one is signed by what is no CA'
  const most = certificateParts(issuer.raw)?.basicConstraints?.pathLength
  return most !== undefined && between > most ? 'more CAs are between than one of them allows' : undefined
}

/** Whether a certificate is out of its period now, and how. */
export function periodFault({ validFromDate, validToDate }: X509Certificate): string | undefined {
  const now = clock.now()
  if (now < validFromDate.getTime()) return 'one is not valid yet'
  return now > validToDate.getTime() ? 'one has expired' : undefined
}
