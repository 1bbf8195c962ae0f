import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  Certificate,
  Extension,
  Extensions,
  Name,
  RelativeDistinguishedName,
  SubjectPublicKeyInfo,
  Validity,
  Version,
} from '@peculiar/asn1-x509'
import { bytesOf, pattern } from './bytes.ts'

/** Certificates of so many bytes together, by what is bad about them. */
export function certificatesOf(bytes: number): Record<string, Uint8Array[]> {
  return { ...chainsOf(bytes), ...noneOf(bytes) }
}

/** Those that can be read, each with about as many parts as are read of one. */
function chainsOf(bytes: number): Record<string, Uint8Array[]> {
  const small = certificate('ec', [], [])
  return {
    'a certificate of many names': [certificate('ec', texts(28, bytes - 1_500), [])],
    'a certificate of many extensions': [certificate('ec', [], texts(28, bytes - 1_500))],
    'a certificate of a key of 8,192 bits': [
      certificate('rsa', texts(12, bytes / 2 - 1_000), texts(14, bytes / 2 - 1_000)),
    ],
    'a chain of many certificates': Array(Math.floor(bytes / (small.length + 4))).fill(small),
  }
}

/** Those that are none. */
function noneOf(bytes: number): Record<string, Uint8Array[]> {
  const nested = (size: number) => {
    let der: Uint8Array = new Uint8Array()
    while (der.length < size - 4)
      der = bytesOf([0x30, 0x83, der.length >> 16, (der.length >> 8) & 255, der.length & 255], der)
    return der
  }
  const wide = bytesOf([0x30, 0x83, 0, (bytes - 5) >> 8, (bytes - 5) & 255], pattern([0x05, 0x00], bytes - 5))
  const names = bytesOf([0x30, 0x83, 0, (bytes - 5) >> 8, (bytes - 5) & 255], pattern([0x06, 0x01, 0xff], bytes - 5))
  return {
    'sequences in sequences': [nested(bytes)],
    'a sequence of nothings': [wide],
    'a sequence of identifiers': [names],
    'as many parts as are read': [bytesOf([0x30, 0x82, 1, 0x8c], pattern([0x05, 0x00], 2 * 198))],
    'many empty certificates': Array.from({ length: Math.floor(bytes / 3) }, () => Uint8Array.of(0x30, 0)),
    'many small certificates': Array.from({ length: Math.floor(bytes / 34) }, (_, at) =>
      createHash('sha256').update(String(at)).digest(),
    ),
  }
}

const keys = {
  ec: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey,
  // Nobody has its private key, which would take seconds to find.
  rsa: () =>
    createPublicKey({
      key: { kty: 'RSA', n: Buffer.alloc(1024, 0xff).toString('base64url'), e: 'AQAB' },
      format: 'jwk',
    }),
}

/** A certificate as an authenticator's maker would issue it, of these further names and extensions; its signature is none. */
function certificate(key: keyof typeof keys, names: string[], extensions: string[]): Uint8Array {
  const spki = keys[key]().export({ type: 'spki', format: 'der' })
  const signatureAlgorithm = new AlgorithmIdentifier({ algorithm: '1.2.840.10045.4.3.2' })
  const made = new Certificate({ signatureAlgorithm, signatureValue: new Uint8Array(70).buffer })
  Object.assign(made.tbsCertificate, {
    version: Version.v3,
    serialNumber: Uint8Array.of(1).buffer,
    signature: signatureAlgorithm,
    issuer: new Name([name('2.5.4.3', 'x')]),
    validity: new Validity({ notBefore: new Date(Date.UTC(2024, 0)), notAfter: new Date(Date.UTC(2044, 0)) }),
    subject: new Name([
      name('2.5.4.6', 'US'),
      name('2.5.4.10', 'x'),
      name('2.5.4.11', 'Authenticator Attestation'),
      name('2.5.4.3', 'x'),
      ...names.map((text) => name('2.5.4.13', text)),
    ]),
    subjectPublicKeyInfo: AsnConvert.parse(spki, SubjectPublicKeyInfo),
    extensions: new Extensions([
      extension('2.5.29.19', Uint8Array.of(0x30, 0)),
      // Of bytes that nobody can read on as DER: what can be is counted among the parts.
      ...extensions.map(({ length }, at) => extension(`1.3.6.1.4.1.99999.${at}`, new Uint8Array(length).fill(0xff))),
    ]),
  })
  return new Uint8Array(AsnConvert.serialize(made))
}

function name(type: string, text: string): RelativeDistinguishedName {
  const value = new AttributeValue({ utf8String: text })
  return new RelativeDistinguishedName([new AttributeTypeAndValue({ type, value })])
}

function extension(extnID: string, value: Uint8Array): Extension {
  return new Extension({ extnID, critical: false, extnValue: new OctetString(value) })
}

/** So many texts of so many bytes together. */
function texts(count: number, bytes: number): string[] {
  return Array(count).fill('a'.repeat(Math.floor(bytes / count) - 20))
}
