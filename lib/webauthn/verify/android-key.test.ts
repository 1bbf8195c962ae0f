import { AuthorizationList, IntegerSet, KeyDescription } from '@peculiar/asn1-android'
import { OctetString } from '@peculiar/asn1-schema'
import { expect, test } from 'vitest'
import { descriptionFault } from './android-key.ts'

type Authorizations = Partial<AuthorizationList>

const hash = new Uint8Array(32).fill(7)

/** What a certificate says of its key, by what software and the trusted environment enforce. */
function descriptionOf(software: Authorizations, trusted: Authorizations, challenge = hash): KeyDescription {
  return new KeyDescription({
    attestationChallenge: new OctetString(challenge),
    softwareEnforced: Object.assign(new AuthorizationList(), software),
    teeEnforced: Object.assign(new AuthorizationList(), trusted),
  })
}

const made = { origin: 0 }
const signs = { purpose: new IntegerSet([2]) }
const notMade = 'a key that was not made in the device'
const notSigning = 'a key that is not for signing'
const unsaid = (what: string) => `a key of which neither list of the certificate says its ${what}`

test.each<[what: string, software: Authorizations, trusted: Authorizations, fault: string | undefined]>([
  ['made and signing in the trusted environment', {}, { ...made, ...signs }, undefined],
  ['made and signing by software', { ...made, ...signs }, {}, undefined],
  ['made by one, signing by the other', made, signs, undefined],
  ['signing and verifying', {}, { ...made, purpose: new IntegerSet([2, 3]) }, undefined],
  ['imported', {}, { origin: 2, ...signs }, notMade],
  ['derived', { origin: 1, ...signs }, {}, notMade],
  ['imported into one, and made in the other', { origin: 2 }, { ...made, ...signs }, notMade],
  ['of an origin that nobody says', {}, signs, unsaid('origin (KM_ORIGIN_GENERATED)')],
  ['decrypting', {}, { ...made, purpose: new IntegerSet([1]) }, notSigning],
  ['of a purpose that nobody says', {}, made, unsaid('purpose (KM_PURPOSE_SIGN)')],
  ['for all apps', { allApplications: null }, { ...made, ...signs }, 'a key for all apps of the device'],
])('an Android key that is %s', (_, software, trusted, fault) => {
  expect(descriptionFault(descriptionOf(software, trusted), hash)).toBe(fault)
})

test('a key of another ceremony, or of which nothing is said, is refused', () => {
  for (const other of [new Uint8Array(), hash.slice(1), new Uint8Array(32)]) {
    expect(descriptionFault(descriptionOf({}, { ...made, ...signs }, other), hash)).toMatch(/another ceremony/)
  }
  expect(descriptionFault(undefined, hash)).toBe('a certificate that says nothing of its key')
})
