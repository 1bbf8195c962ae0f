import { X509Certificate } from 'node:crypto'
import { SettingsService } from '@simplewebauthn/server'
import { fromBER } from 'asn1js'
import type { AttestationObject } from '#lib/webauthn/decode/index.ts'

// What SimpleWebAuthn reads of certificates takes it long, and whoever makes a statement chooses what is in them: only
// those that can come to anything are shown to it.

/** Formats whose chain SimpleWebAuthn holds against the roots of their makers; of others it knows no root. */
const rooted = ['apple', 'android-key', 'android-safetynet'] as const

type Rooted = (typeof rooted)[number]

/** About twice what the certificates of real authenticators have. */
const mostParts = 200

/** Whether a format's makers have roots that are known here. */
export function isRooted(fmt: string): fmt is Rooted {
  return (rooted as readonly string[]).includes(fmt)
}

/**
 * Why a statement's certificates are not worth reading further, or undefined: they lead to none of their makers' roots, or,
 * where no root is known, the one that signs has more in it than any real one.
 *
 * A chain to a root comes from its makers whole. SimpleWebAuthn asks for the root last, when it has read everything, and
 * fetched the revocation lists that the certificates name: whoever makes a chain could have this server call any address.
 */
export function certificatesFault(statement: AttestationObject): string | undefined {
  const { fmt } = statement
  const certificates = certificatesOf(statement)
  if (isRooted(fmt)) {
    return leadsToRoot(certificates, fmt) ? undefined : 'certificates that end in no root that is known here'
  }
  const [signer] = certificates
  return signer && isOverloaded(signer) ? 'a certificate with more in it than any real one' : undefined
}

/** The certificates of a statement, the signer's first; none where they cannot be told. */
function certificatesOf({ fmt, attStmt }: AttestationObject): Uint8Array[] {
  if (fmt !== 'android-safetynet') return (attStmt.get('x5c') ?? []) as Uint8Array[]
  const [header = ''] = Buffer.from(attStmt.get('response') as Uint8Array)
    .toString()
    .split('.')
  try {
    const { x5c } = JSON.parse(Buffer.from(header, 'base64url').toString())
    return x5c.map((certificate: string) => Buffer.from(certificate, 'base64'))
  } catch {
    return []
  }
}

/**
 * Whether the last certificate is a root or signed by one, and every other by the one after it: from the last on, and no
 * further than that holds.
 */
function leadsToRoot(certificates: Uint8Array[], identifier: Rooted): boolean {
  let issuers = SettingsService.getRootCertificates({ identifier }).map((pem) => new X509Certificate(pem))
  try {
    for (const der of certificates.toReversed()) {
      const certificate = new X509Certificate(der)
      if (!issuers.some((issuer) => isSame(certificate, issuer) || certificate.verify(issuer.publicKey))) return false
      issuers = [certificate]
    }
    return certificates.length > 0
  } catch {
    return false
  }
}

function isSame(one: X509Certificate, other: X509Certificate): boolean {
  return one.fingerprint256 === other.fingerprint256
}

function isOverloaded(certificate: Uint8Array): boolean {
  const { offset, result } = fromBER(certificate, { maxNodes: mostParts })
  return offset === -1 && /^Maximum/.test(result.error)
}
