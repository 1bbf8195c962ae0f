import { AuthorizationList, IntegerSet, id_ce_keyDescription, KeyDescription } from '@peculiar/asn1-android'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import { Certificate, Extension, Extensions } from '@peculiar/asn1-x509'
import { expect, test } from 'vitest'
import { androidKeyFault } from './android-key.ts'

type Authorizations = Pick<AuthorizationList, 'origin' | 'purpose'>

/** A certificate about a key, of no signature, by what software and the trusted environment enforce. */
function certificateOf(software: Authorizations, trusted: Authorizations): Uint8Array {
  const description = new KeyDescription({
    softwareEnforced: Object.assign(new AuthorizationList(), software),
    teeEnforced: Object.assign(new AuthorizationList(), trusted),
  })
  const certificate = new Certificate()
  certificate.tbsCertificate.extensions = new Extensions([
    new Extension({ extnID: id_ce_keyDescription, extnValue: new OctetString(AsnConvert.serialize(description)) }),
  ])
  return new Uint8Array(AsnConvert.serialize(certificate))
}

const made = { origin: 0 }
const signs = { purpose: new IntegerSet([2]) }
const notMade = 'a key that was not made in the device'
const notSigning = 'a key that is not for signing'

test.each<[what: string, software: Authorizations, trusted: Authorizations, fault: string | undefined]>([
  ['made and signing in the trusted environment', {}, { ...made, ...signs }, undefined],
  ['made and signing by software', { ...made, ...signs }, {}, undefined],
  ['made by one, signing by the other', made, signs, undefined],
  ['signing and verifying', {}, { ...made, purpose: new IntegerSet([2, 3]) }, undefined],
  ['imported', {}, { origin: 2, ...signs }, notMade],
  ['derived', { origin: 1, ...signs }, {}, notMade],
  ['imported into one, and made in the other', { origin: 2 }, { ...made, ...signs }, notMade],
  ['of an origin that nobody says', {}, signs, notMade],
  ['decrypting', {}, { ...made, purpose: new IntegerSet([1]) }, notSigning],
  ['of no purpose', {}, made, notSigning],
])('an Android key that is %s', (_, software, trusted, fault) => {
  expect(androidKeyFault(certificateOf(software, trusted))).toBe(fault)
})

test('a certificate that says nothing of its key, or is none, is about no key that was made in a device', () => {
  for (const none of [new Uint8Array(), new Uint8Array(AsnConvert.serialize(new Certificate()))])
    expect(androidKeyFault(none)).toBe(notMade)
})
