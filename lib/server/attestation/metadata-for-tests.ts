import { CompactSign } from 'jose'
import { type MadeCertificate, makeCertificate } from './certificates-for-tests.ts'

/** An entry of FIDO's metadata, as far as it is read here. */
interface Entry {
  aaguid?: string
  attestationCertificateKeyIdentifiers?: string[]
  description?: string
  roots?: MadeCertificate[]
  statusReports?: { status: string; effectiveDate?: string; certificate?: string }[]
}

/** Who signs a metadata file: a root, and a certificate below it. */
export function metadataSigner(until?: Date) {
  const root = makeCertificate({ subject: { CN: 'Metadata Root' } })
  const signer = makeCertificate({
    subject: { CN: 'Metadata Signer' },
    issuer: root,
    ca: false,
    ...(until ? { from: new Date(0), until } : {}),
  })
  return { root, signer }
}

/** A signed metadata file. */
export function metadataBlob(
  { signer }: ReturnType<typeof metadataSigner>,
  entries: Entry[],
  { no = 1, nextUpdate = '2999-01-01' }: { no?: number; nextUpdate?: string } = {},
): Promise<string> {
  const base64 = ({ der }: MadeCertificate) => Buffer.from(der).toString('base64')
  const payload = {
    legalHeader: 'For tests',
    no,
    nextUpdate,
    entries: entries.map(({ description, roots, statusReports = [], ...entry }) => ({
      ...entry,
      metadataStatement: { description, attestationRootCertificates: roots?.map(base64) ?? [], schema: 3 },
      statusReports,
      timeOfLastStatusChange: '2026-01-01',
    })),
  }
  return new CompactSign(Buffer.from(JSON.stringify(payload)))
    .setProtectedHeader({ alg: 'ES256', typ: 'JWT', x5c: [base64(signer)] })
    .sign(signer.privateKey)
}
