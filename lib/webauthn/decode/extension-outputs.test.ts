import { encode } from 'cborg'
import { expect, test } from 'vitest'
import { decodeExtensions } from './extension-outputs.ts'
import { memberNote } from './member-notes.ts'

test('an authenticator’s outputs are told in words', () => {
  const outputs = {
    credProtect: 3,
    'hmac-secret': new Uint8Array(80),
    'hmac-secret-mc': new Uint8Array(48),
    credBlob: true,
    minPinLength: 4,
    uvm: [[2, 4, 2]],
    thirdPartyPayment: true,
    other: 1,
  }
  const { node, length } = decodeExtensions(encode(outputs))
  expect(length).toBe(encode(outputs).length)
  const notes = Object.fromEntries((node.children ?? []).map(({ name, note }) => [name, note]))
  expect(notes.credProtect).toMatch(/: user verification required$/)
  expect(notes['hmac-secret']).toMatch(/: two secrets, encrypted$/)
  expect(notes.uvm).toMatch(/: fingerprint$/)
  for (const name of Object.keys(outputs)) expect(Boolean(notes[name]), name).toBe(name !== 'other')
})

test('a browser’s outputs are told in words, and what is no output of them is not', () => {
  expect(memberNote('clientExtensionResults.credProps.rk', true)).toMatch(/without a username/)
  expect(memberNote('credential.clientExtensionResults.prf.results.first', 'AAAA')).toMatch(/secret/)
  expect(memberNote('clientExtensionResults.largeBlob.written', false)).toMatch(/written/)
  for (const path of ['clientExtensionResults.other', 'clientExtensionResults.toString', 'constructor', 'prf.enabled'])
    for (const answer of [false, true]) expect(memberNote(path, 1, answer), path).toBe('')
})
