import { expect, test } from 'vitest'
import { UnreadableCredential } from './credential-errors.ts'
import { authenticationJson, registrationJson } from './credential-json.ts'

const bytes = (...values: number[]) => new Uint8Array(values).buffer

function fails(): never {
  throw new Error('not implemented')
}

const outer = {
  id: 'AQI',
  rawId: bytes(1, 2),
  type: 'public-key',
  authenticatorAttachment: 'platform',
  getClientExtensionResults: () => ({ credProps: { rk: true }, prf: { results: { first: bytes(9) } } }),
}
const made = {
  clientDataJSON: bytes(3),
  attestationObject: bytes(4),
  getTransports: () => ['internal'],
  getPublicKeyAlgorithm: () => -7,
  getPublicKey: () => bytes(5),
  getAuthenticatorData: () => bytes(6),
}
const used = { clientDataJSON: bytes(3), authenticatorData: bytes(6), signature: bytes(7), userHandle: bytes(8) }

const registration = (response: object = {}, members: object = {}) =>
  registrationJson({ ...outer, ...members, response: { ...made, ...response } } as unknown as PublicKeyCredential)
const authentication = (response: object = {}, members: object = {}) =>
  authenticationJson({ ...outer, ...members, response: { ...used, ...response } } as unknown as PublicKeyCredential)

test('a credential is written as the specification writes it', () => {
  const members = {
    id: 'AQI',
    rawId: 'AQI',
    type: 'public-key',
    authenticatorAttachment: 'platform',
    clientExtensionResults: { credProps: { rk: true }, prf: { results: { first: 'CQ' } } },
  }
  expect(registration()).toEqual({
    ...members,
    response: {
      clientDataJSON: 'Aw',
      attestationObject: 'BA',
      transports: ['internal'],
      publicKeyAlgorithm: -7,
      publicKey: 'BQ',
      authenticatorData: 'Bg',
    },
  })
  expect(authentication()).toEqual({
    ...members,
    response: { clientDataJSON: 'Aw', authenticatorData: 'Bg', signature: 'Bw', userHandle: 'CA' },
  })
})

const methods = {
  getTransports: 'transports',
  getPublicKeyAlgorithm: 'publicKeyAlgorithm',
  getPublicKey: 'publicKey',
  getAuthenticatorData: 'authenticatorData',
}
test.each(Object.entries(methods))(
  'a %s that throws, is missing or gives null leaves out %s alone',
  (method, member) => {
    const { [member as 'publicKey']: _, ...others } = registration().response
    for (const broken of [fails, undefined, () => null]) {
      expect(registration({ [method]: broken }).response).toEqual(others)
    }
  },
)

test.each([
  ['throws', { getClientExtensionResults: fails, toJSON: fails }],
  ['is missing', { getClientExtensionResults: undefined }],
])('extension results whose method %s are none', (_, members) => {
  expect(registration({}, members).clientExtensionResults).toEqual({})
  expect(authentication({}, members)).toEqual({ ...authentication(), clientExtensionResults: {} })
})

test('an assertion without a user handle has none', () => {
  expect(authentication({ userHandle: null }).response).not.toHaveProperty('userHandle')
})

test.each([
  ['attestationObject', () => registration({ attestationObject: undefined })],
  ['rawId', () => registration({}, { rawId: null })],
  ['signature', () => authentication({ signature: 'AAAA' })],
])('without %s nothing could be sent', (name, read) => {
  expect(read).toThrow(UnreadableCredential)
  expect(read).toThrow(name)
})
