import { createSign, generateKeyPairSync } from 'node:crypto'
import { DER } from '@noble/curves/abstract/der.js'
import { expect, test } from 'vitest'
import { authentication, failures, notDer, registration } from './samples.ts'

const signer = (namedCurve: string) => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve })
  return (text: string) => new Uint8Array(createSign('sha256').update(text).sign(privateKey))
}
const signIn = (ecdsa?: Uint8Array) => authentication((c) => (c.signature.ecdsa = ecdsa))
const register = (ecdsa?: Uint8Array) => registration((c) => (c.attestation.ecdsa = ecdsa))
const said = (checks: ReturnType<typeof signIn>) => checks.find(({ id }) => id === 'signature-encoding')

test.each([
  ['P-256', 32],
  ['P-384', 48],
  ['P-521', 66],
])('every real signature on %s is DER, those with a short r or s too', (namedCurve, size) => {
  const sign = signer(namedCurve)
  let short = 0
  for (let at = 0; at < 500 || short === 0; at++) {
    const signature = sign(String(at))
    const { r, s } = DER.toSig(signature)
    if ([r, s].some((number) => number < 1n << BigInt(8 * (size - 1)))) short++
    expect(failures(signIn(signature))).toEqual([])
    if (at < 50) expect(failures(register(signature))).toEqual([])
  }
})

test('what is not DER is refused at both ceremonies, by a step of its own', () => {
  for (const [what, bytes] of notDer(signer('P-256')('x'))) {
    expect(failures(signIn(bytes)), what).toEqual(['signature-encoding'])
    expect(failures(register(bytes)), what).toEqual(['signature-encoding'])
  }
  expect(said(signIn(new Uint8Array()))).toMatchObject({
    outcome: 'fail',
    title: 'Signature encoding',
    spec: 'https://www.w3.org/TR/webauthn-3/#sctn-signature-attestation-types',
    step: '§7.2 step 21',
    actual: 'not DER',
  })
})

test('a signature that is no ECDSA signature has no encoding to be judged', () => {
  expect(said(signIn())).toMatchObject({ outcome: 'pass', actual: 'no ECDSA signature' })
  expect(said(register())).toMatchObject({ outcome: 'pass', actual: 'no ECDSA signature' })
})
