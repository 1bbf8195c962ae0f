import { generateKeyPairSync, type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  BasicConstraints,
  Certificate,
  Extension,
  Extensions,
  id_ce_basicConstraints,
  Name,
  RelativeDistinguishedName,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from '@peculiar/asn1-x509'

const ecdsaWithSha256 = '1.2.840.10045.4.3.2'
/** Of keys on Edwards curves, and of the signatures under them. */
const edwards: Readonly<Record<string, string>> = { ed25519: '1.3.101.112', ed448: '1.3.101.113' }
const idAaguid = '1.3.6.1.4.1.45724.1.1.4'
const attributes = { C: '2.5.4.6', O: '2.5.4.10', OU: '2.5.4.11', CN: '2.5.4.3' }

/** A certificate that a test made, with the key that it is of. */
export interface MadeCertificate {
  name: Name
  der: Uint8Array<ArrayBuffer>
  certificate: X509Certificate
  pem: string
  privateKey: KeyObject
}

export interface CertificateWishes {
  subject?: Partial<Record<keyof typeof attributes, string>>
  /** Signs it; absent: its own key does. */
  issuer?: MadeCertificate
  /** Null leaves the extension out. */
  ca?: boolean | null
  pathLength?: number
  /** For the extension of the authenticator's model, in the text form. */
  aaguid?: string
  aaguidCritical?: boolean
  extensions?: Extension[]
  from?: Date
  until?: Date
  /** The curve of its fresh key, where it is not P-256. */
  curve?: 'ed25519' | 'ed448'
  privateKey?: KeyObject
  publicKey?: KeyObject
}

const year = 365 * 86_400_000

/** Makes a certificate, by default a root of this year and the next, on P-256. */
export function makeCertificate(wishes: CertificateWishes = {}): MadeCertificate {
  const { issuer, ca = true, aaguid, aaguidCritical = false, curve } = wishes
  const keys =
    curve === undefined ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync(curve as 'ed25519')
  const { privateKey = keys.privateKey, publicKey = keys.publicKey } = wishes
  const name = nameOf(wishes.subject ?? { CN: `Root ${randomBytes(4).toString('hex')}` })
  const extensions = [...(wishes.extensions ?? [])]
  if (ca !== null) {
    const { pathLength } = wishes
    const constraints = new BasicConstraints({
      cA: ca,
      ...(pathLength === undefined ? {} : { pathLenConstraint: pathLength }),
    })
    extensions.push(extension(id_ce_basicConstraints, AsnConvert.serialize(constraints), true))
  }
  if (aaguid !== undefined) {
    const bytes = Buffer.from(aaguid.replaceAll('-', ''), 'hex')
    extensions.push(extension(idAaguid, AsnConvert.serialize(new OctetString(bytes)), aaguidCritical))
  }
  const signer = issuer?.privateKey ?? privateKey
  const oid = edwards[signer.asymmetricKeyType ?? '']
  const algorithm = new AlgorithmIdentifier({ algorithm: oid ?? ecdsaWithSha256 })
  const tbsCertificate = new TBSCertificate({
    version: Version.v3,
    serialNumber: new Uint8Array([1, ...randomBytes(8)]).buffer,
    signature: algorithm,
    issuer: issuer?.name ?? name,
    subject: name,
    validity: new Validity({
      notBefore: wishes.from ?? new Date(Date.now() - year),
      notAfter: wishes.until ?? new Date(Date.now() + year),
    }),
    subjectPublicKeyInfo: AsnConvert.parse(publicKey.export({ type: 'spki', format: 'der' }), SubjectPublicKeyInfo),
    ...(extensions.length > 0 ? { extensions: new Extensions(extensions) } : {}),
  })
  const tbs = new Uint8Array(AsnConvert.serialize(tbsCertificate))
  const signature = sign(oid ? null : 'sha256', tbs, signer)
  const made = new Certificate({
    tbsCertificate,
    signatureAlgorithm: algorithm,
    signatureValue: Uint8Array.from(signature).buffer,
  })
  const der = new Uint8Array(AsnConvert.serialize(made))
  const certificate = new X509Certificate(der)
  return { name, der, certificate, pem: certificate.toString(), privateKey }
}

/** Subject of a packed attestation certificate, as §8.2.1 asks. */
export const attestationSubject = { C: 'SE', O: 'Acme', OU: 'Authenticator Attestation', CN: 'Acme Key' }

export function extension(id: string, value: ArrayBuffer, critical = false): Extension {
  return new Extension({ extnID: id, critical, extnValue: new OctetString(value) })
}

function nameOf(parts: NonNullable<CertificateWishes['subject']>): Name {
  const all = Object.entries(attributes).flatMap(([part, type]) => {
    const text = parts[part as keyof typeof attributes]
    if (text === undefined) return []
    const value = new AttributeValue(part === 'C' ? { printableString: text } : { utf8String: text })
    return [new RelativeDistinguishedName([new AttributeTypeAndValue({ type, value })])]
  })
  return new Name(all)
}
