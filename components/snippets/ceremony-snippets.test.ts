import { expect, test } from 'vitest'
import { browserCall } from './call-snippets.ts'
import { ceremonyBySdk, ceremonyBySimpleWebAuthn } from './ceremony-snippets.ts'

const base = 'https://auth.example'
const facts = { username: 'ada', options: undefined, added: undefined, mediation: undefined }

test.each([
  ['a registration', 'registration', "register({ username: 'ada', mediation: 'conditional' })"],
  ['a sign-in', 'authentication', "authenticate({ username: 'ada' }, { mediation: 'conditional' })"],
] as const)('the mediation of %s goes on to the SDK', (_, ceremony, call) => {
  expect(ceremonyBySdk(base, { ...facts, ceremony, mediation: 'conditional' })).toContain(`passkeys.${call}`)
})

test('what a library does not pass on is said, and no name of it ends the comment that says so', () => {
  const added = { 'foo\n\u2028alert(1)': 1 }
  for (const written of [ceremonyBySdk, ceremonyBySimpleWebAuthn]) {
    const code = written(base, { ...facts, ceremony: 'registration', added })
    expect(code.split(/[\n\u2028]/).filter((line) => line.includes('alert'))).toEqual([
      expect.stringMatching(/^\/\/ .* not passed on here: "foo\\n alert\(1\)"$/),
    ])
  }
  const field = { ...facts, ceremony: 'authentication', mediation: 'conditional' } as const
  expect(ceremonyBySimpleWebAuthn(base, { ...field, options: { allowCredentials: ['AAAA'] } })).toContain(
    'not passed on here: allowCredentials\n',
  )
})

test('only bytes become bytes, wherever they stand', () => {
  const prf = { eval: { first: 'AQ' }, evalByCredential: { 'A-Q': { first: 'Ag' } } }
  const options = { extensions: { prf, largeBlob: { support: 'required' }, appid: 'https://auth.example' } }
  const code = ceremonyBySimpleWebAuthn(base, { ...facts, ceremony: 'authentication', options })
  const call = browserCall('simplewebauthn', 'authentication', options)
  const places = ['publicKey.extensions.prf.eval.first', "publicKey.extensions.prf.evalByCredential['A-Q'].first"]
  for (const lines of [code, call])
    expect(lines.match(/^.* = base64URLStringToBuffer\(.*\)$/gm)).toEqual(
      places.map((place) => `${place} = base64URLStringToBuffer(${place})`),
    )
  expect(browserCall('simplewebauthn', 'authentication', { challenge: 'AQ' })).not.toContain('base64URLString')
})
