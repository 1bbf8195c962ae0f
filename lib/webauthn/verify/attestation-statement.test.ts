import { generateKeyPairSync } from 'node:crypto'
import { AsnConvert } from '@peculiar/asn1-schema'
import { AlgorithmIdentifier, Certificate, SubjectPublicKeyInfo, Validity } from '@peculiar/asn1-x509'
import { expect, test } from 'vitest'
import { type CertificateWishes, makeCertificate } from '#lib/server/attestation/certificates-for-tests.ts'
import type { AttestationObject } from '../decode/index.ts'
import { ecdsaSignatureOf, statementFault } from './attestation-statement.ts'

const ecdsaWithSha256 = '1.2.840.10045.4.3.2'

/** A certificate of a fresh key, of no name and no signature. */
function certificateOn(namedCurve: string): Uint8Array {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve })
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const certificate = new Certificate({ signatureAlgorithm: new AlgorithmIdentifier({ algorithm: ecdsaWithSha256 }) })
  Object.assign(certificate.tbsCertificate, {
    serialNumber: Uint8Array.of(1).buffer,
    signature: certificate.signatureAlgorithm,
    subjectPublicKeyInfo: AsnConvert.parse(spki, SubjectPublicKeyInfo),
    validity: new Validity({ notBefore: new Date(0), notAfter: new Date(1e12) }),
  })
  return new Uint8Array(AsnConvert.serialize(certificate))
}

/** A statement with these certificates, about a key on a COSE curve. */
function statement(fmt: string, x5c: Uint8Array[], crv = 1): AttestationObject {
  const attStmt = new Map<string, unknown>([
    ['sig', Uint8Array.of(1)],
    ...(x5c.length > 0 ? [['x5c', x5c] as const] : []),
  ])
  const publicKey = { kty: 2, alg: crv === 1 ? -7 : -35, crv }
  const attestedCredentialData = {
    aaguid: '',
    credentialId: new Uint8Array(),
    credentialPublicKey: new Uint8Array(),
    publicKey,
  }
  const value = { rpIdHash: new Uint8Array(), flags: {} as never, signCount: 0, attestedCredentialData }
  return { fmt, attStmt, authData: new Uint8Array(), authenticatorData: { node: { name: '' }, errors: [], value } }
}

const [p256, p384] = [certificateOn('P-256'), certificateOn('P-384')]

test('a U2F key and its one certificate are on P-256', () => {
  const notP256 = 'a key that is not on P-256'
  expect(statementFault(statement('fido-u2f', [p256]))).toBeUndefined()
  expect(statementFault(statement('fido-u2f', [p384]))).toBe(notP256)
  expect(statementFault(statement('fido-u2f', [p256], 2))).toBe(notP256)
  expect(statementFault(statement('fido-u2f', [new Uint8Array()]))).toBe(notP256)
  expect(statementFault(statement('fido-u2f', [p256, p256]))).toMatch(/^2 certificates/)
})

test('a packed attestation certificate says that it is no CA, and its model without insisting on it', () => {
  const faultOf = (wishes: CertificateWishes) => statementFault(statement('packed', [makeCertificate(wishes).der]))
  const aaguid = 'ee882879-721c-4913-9775-3dfcce97072a'
  expect(faultOf({ ca: false })).toBeUndefined()
  expect(faultOf({ ca: false, aaguid })).toBeUndefined()
  expect(faultOf({ ca: false, aaguid, aaguidCritical: true })).toMatch(/marked as critical/)
  for (const ca of [true, null]) expect(faultOf({ ca })).toMatch(/does not say that it is no CA/)
})

test('a signature is ECDSA where the key that made it is: the certificate’s, or without one the credential’s', () => {
  const sig = Uint8Array.of(1)
  const rsa = statement('packed', [])
  Object.assign(rsa.authenticatorData?.value?.attestedCredentialData?.publicKey ?? {}, { kty: 3, alg: -257 })
  expect(ecdsaSignatureOf(statement('packed', []))).toEqual(sig)
  expect(ecdsaSignatureOf(statement('packed', [p384]))).toEqual(sig)
  expect(ecdsaSignatureOf(rsa)).toBeUndefined()
  rsa.attStmt.set('x5c', [p256])
  expect(ecdsaSignatureOf(rsa)).toEqual(sig)
})
