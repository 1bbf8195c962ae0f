import { X509Certificate } from 'node:crypto'
import { compactVerify, decodeProtectedHeader } from 'jose'
import { z } from 'zod'
import { followChain } from './chain.ts'

const statusReport = z.object({
  status: z.string().max(64),
  /** A day from which it holds; absent: it does. */
  effectiveDate: z.iso.date().optional(),
  /** Base64 of the certificate that it is about; absent: all of the model's. */
  certificate: z.string().optional(),
})
export type StatusReport = z.infer<typeof statusReport>

const entry = z.object({
  aaguid: z.string().optional(),
  attestationCertificateKeyIdentifiers: z.array(z.string()).optional(),
  metadataStatement: z.object({ description: z.string(), attestationRootCertificates: z.array(z.string()) }).optional(),
  statusReports: z.array(statusReport).default([]),
})

const payload = z.object({ no: z.int(), nextUpdate: z.iso.date(), entries: z.array(entry) })

/** What FIDO's metadata says of one model. */
export interface ModelMetadata {
  description: string | null
  roots: readonly X509Certificate[]
  reports: readonly StatusReport[]
}

/** A metadata file that was verified. */
export interface Metadata {
  /** It grows with each file. */
  number: number
  /** The day, `YYYY-MM-DD`, by which there is a new file. */
  nextUpdate: string
  models: number
  /** What it says of a model, by its AAGUID or, of U2F keys, by the identifier of the attestation certificate's key. */
  find(by: { aaguid: string } | { keyIdentifier: string }): ModelMetadata | undefined
}

/** Why a metadata file is not used, in words that go on from “the file: …”. */
export class MetadataFault extends Error {
  override name = 'MetadataFault'
}

const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA']

/**
 * Verifies FIDO's metadata (a JWS) and reads it: signed by its first certificate, whose chain leads to one of the roots.
 *
 * @param signer a domain that the signer's certificate must be of, where the roots are a public CA's
 * @throws MetadataFault
 * @see https://fidoalliance.org/specs/mds/fido-metadata-service-v3.0-ps-20210518.html#metadata-blob-object-processing-rules
 */
export async function readMetadata(jws: string, roots: readonly X509Certificate[], signer?: string): Promise<Metadata> {
  const certificates = certificatesIn(jws)
  const { anchor, fault } = await followChain(certificates, roots)
  if (!anchor || fault) throw new MetadataFault(`it is signed by ${fault}`)
  const [certificate] = certificates.map((der) => new X509Certificate(der))
  if (signer && !isOf(certificate, signer)) throw new MetadataFault(`it is not signed by ${signer}`)
  const text = await verified(jws, certificate)
  const parsed = payload.safeParse(jsonOf(text))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new MetadataFault(`it is not as FIDO writes it: ${issue?.path.join('.')} ${issue?.message}`)
  }
  const { no, nextUpdate, entries } = parsed.data
  return { number: no, nextUpdate, models: entries.length, find: finder(entries) }
}

function certificatesIn(jws: string): Uint8Array[] {
  try {
    const { x5c } = decodeProtectedHeader(jws)
    if (x5c && x5c.length > 0 && x5c.length <= 8)
      return x5c.map((base64) => new Uint8Array(Buffer.from(base64, 'base64')))
  } catch {
    throw new MetadataFault('it is no JWS')
  }
  throw new MetadataFault('it brings no certificates (x5c)')
}

async function verified(jws: string, certificate: X509Certificate | undefined): Promise<string> {
  try {
    const { payload } = await compactVerify(jws, certificate?.publicKey ?? new Uint8Array(), { algorithms })
    return Buffer.from(payload).toString()
  } catch {
    throw new MetadataFault('its signature does not verify')
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new MetadataFault('it is no JSON')
  }
}

function isOf(certificate: X509Certificate | undefined, domain: string): boolean {
  const names = `${certificate?.subject}\n${certificate?.subjectAltName?.replaceAll(', ', '\n')}`
  return names.split('\n').some((name) => /^(?:CN=|DNS:)/.test(name) && name.endsWith(`.${domain}`))
}

function finder(entries: z.infer<typeof entry>[]): Metadata['find'] {
  const byKey = new Map<string, z.infer<typeof entry>>()
  for (const each of entries) {
    if (each.aaguid) byKey.set(each.aaguid.toLowerCase(), each)
    for (const identifier of each.attestationCertificateKeyIdentifiers ?? []) byKey.set(identifier.toLowerCase(), each)
  }
  return (by) => {
    const found = byKey.get('aaguid' in by ? by.aaguid : by.keyIdentifier)
    if (!found) return undefined
    const { metadataStatement: statement, statusReports } = found
    return {
      description: statement?.description ?? null,
      roots: (statement?.attestationRootCertificates ?? []).flatMap(rootIn),
      reports: statusReports,
    }
  }
}

/** One that cannot be read vouches for nothing. */
function rootIn(base64: string): X509Certificate[] {
  try {
    return [new X509Certificate(Buffer.from(base64, 'base64'))]
  } catch {
    return []
  }
}
