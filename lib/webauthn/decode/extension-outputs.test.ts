import { encode } from 'cborg'
import { expect, test } from 'vitest'
import { decodeClientExtensionResults } from './client-extension-results.ts'
import { decodeExtensions } from './extension-outputs.ts'

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

test('a browser’s outputs are told in words, with their places, and cut short up to there', () => {
  const text = '{"credProps":{"rk":true},"prf":{"enabled":true},"largeBlob":{"written":false},"other":1}'
  const bytes = new TextEncoder().encode(text)
  const { node, value, errors } = decodeClientExtensionResults(bytes)
  expect(errors).toEqual([])
  expect(value).toEqual(JSON.parse(text))
  const [credProps] = node.children ?? []
  expect(credProps?.children?.[0]).toMatchObject({
    name: 'rk',
    value: 'true',
    note: expect.stringContaining('discoverable'),
  })
  expect(text.slice(...(credProps?.range ?? []))).toBe('"credProps":{"rk":true}')
  const cut = decodeClientExtensionResults(bytes.slice(0, 30))
  expect([cut.value, cut.errors.length > 0, cut.node.children?.[0]?.name]).toEqual([undefined, true, 'credProps'])
  expect(decodeClientExtensionResults(new TextEncoder().encode('[]')).errors).toHaveLength(1)
})
