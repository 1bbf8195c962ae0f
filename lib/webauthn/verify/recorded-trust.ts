import 'reflect-metadata'
import {
  AuthorityKeyIdentifierExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
} from '@peculiar/x509'
import { beginningOf } from '../beginning.ts'
import type { RegistrationContext } from '../checks/context.ts'
import { looksLikePem, pemBlocks } from '../decode/pem.ts'
import { writtenBytes } from '../decode/written-bytes.ts'
import { decodeCertificate } from '../decode/x509/certificate.ts'
import { nobody } from '../decode/x509/name.ts'
import { builtInRoots } from './built-in-roots.ts'
import { type CertificateParts, certificateParts } from './certificate-parts.ts'
import { bestWay, followChain, type Link } from './chain.ts'
import { type EdwardsKey, edwardsKeyIn, isSignedOn } from './edwards.ts'
import { modelFault, type Vouching } from './vouching.ts'

type Bytes = Uint8Array<ArrayBuffer>
type Verdict = Pick<RegistrationContext['attestation'], 'trusted' | 'vouchedBy' | 'untrusted'>

/**
 * Trust anchors that somebody gives: certificates in PEM, one or several, or one in DER, written in hex or base64; or why they
 * are none.
 */
export function recordedAnchors(text: string): { anchors: Bytes[] } | { error: string } {
  const blocks = looksLikePem(text) ? pemBlocks(text) : writtenBytes(text).slice(0, 1)
  const errors = blocks.flatMap(({ errors }) => errors)
  if (errors.length > 0) return { error: errors.join('; ') }
  const anchors = blocks.map(({ bytes }) => Uint8Array.from(bytes))
  const all = anchors.length > 0 && anchors.every((der) => certificateParts(der) && decodeCertificate(der).value)
  return all ? { anchors } : { error: 'certificates are needed, in PEM, or one in DER as hex or base64' }
}

/**
 * Whether one of these anchors (DER), or a root of the format's maker that is built in, vouches for an authenticator: as a
 * server without metadata finds it, and in the same words. Nothing is fetched for that.
 */
export async function recordedTrust(vouching: Vouching, anchors: readonly Bytes[]): Promise<Verdict> {
  const { fmt, certificates } = vouching
  if (certificates.length === 0) return { trusted: false }
  const roots = builtInRoots(fmt).flatMap((pem) => pemBlocks(pem).map(({ bytes }) => bytes))
  const known = [
    ['a trust anchor', anchors],
    ['built in', roots],
  ] as const
  const ways = await Promise.all(
    known.map(async ([source, ders]) => ({
      source,
      ...(await followChain(certificates, ders.map(linkOf), linkOf, Date.now())),
    })),
  )
  const way = bestWay(ways)
  const untrusted = modelFault(vouching) ?? way?.fault
  return {
    trusted: untrusted === undefined,
    ...(way?.anchor && { vouchedBy: `${way.anchor} (${way.source})` }),
    ...(untrusted && { untrusted }),
  }
}

interface PageLink extends Link<string> {
  read: X509Certificate
  parts: CertificateParts
  issuer: string
  subject: string
}

/**
 * A certificate as the page reads it, by whom it is of. SimpleWebAuthn's own reader verifies signatures by WebCrypto, which
 * knows Edwards curves in few browsers: those are verified here.
 *
 * @throws Error for what is none
 */
function linkOf(der: Uint8Array): PageLink {
  const { value } = decodeCertificate(der)
  const parts = certificateParts(der)
  if (!value || !parts) throw new Error('no certificate')
  const { subject, issuer, serialNumber, fingerprint, notBefore, notAfter } = value
  const { basicConstraints } = parts
  const link: PageLink = {
    certificate: subject === nobody ? `serial number ${serialNumber.toUpperCase()}` : beginningOf(subject, 256),
    read: new X509Certificate(Uint8Array.from(der)),
    parts,
    subject,
    issuer,
    fingerprint,
    selfIssued: subject === issuer,
    ca: basicConstraints?.ca === true,
    pathLength: basicConstraints?.pathLength,
    notBefore: notBefore.getTime(),
    notAfter: notAfter.getTime(),
    isIssuedBy: (by) => isIssued(link, by as PageLink),
  }
  return link
}

async function isIssued({ read, parts, issuer }: PageLink, by: PageLink): Promise<boolean> {
  const usages = by.read.getExtension(KeyUsagesExtension)?.usages
  const named = read.getExtension(AuthorityKeyIdentifierExtension)?.keyId
  const own = by.read.getExtension(SubjectKeyIdentifierExtension)?.keyId
  if (issuer !== by.subject || (named && own && named !== own)) return false
  if (usages !== undefined && !(usages & KeyUsageFlags.keyCertSign)) return false
  const key = edwardsKeyIn(by.parts.certificate.tbsCertificate.subjectPublicKeyInfo)
  return key ? isSignedBy(key, parts) : read.verify({ publicKey: by.read.publicKey, signatureOnly: true })
}

/** A key on an Edwards curve signs by one algorithm alone, which has the key's own OID. */
function isSignedBy({ curve, oid, bytes }: EdwardsKey, { certificate }: CertificateParts): boolean | Promise<boolean> {
  const { signatureAlgorithm, signatureValue, tbsCertificate, tbsCertificateRaw } = certificate
  const named = [signatureAlgorithm, tbsCertificate.signature].every(({ algorithm }) => algorithm === oid)
  return named && isSignedOn(curve, bytes, new Uint8Array(tbsCertificateRaw ?? []), new Uint8Array(signatureValue))
}
