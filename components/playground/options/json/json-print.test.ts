import { expect, test } from 'vitest'
import { printJson } from './json-print.ts'

test('what is short stands on one line', () => {
  const value = {
    authenticatorSelection: { residentKey: 'required' },
    hints: ['security-key', 'hybrid'],
    pubKeyCredParams: [
      { alg: -48, type: 'public-key' },
      { alg: -7, type: 'public-key' },
    ],
    extensions: { prf: { eval: { first: 'dHJlYXN1cnktMjAyNg', second: 'dHJlYXN1cnktMjAyNg' } }, credProps: true },
  }
  expect(printJson(value)).toBe(`{
  "authenticatorSelection": {
    "residentKey": "required"
  },
  "hints": ["security-key", "hybrid"],
  "pubKeyCredParams": [
    { "alg": -48, "type": "public-key" },
    { "alg": -7, "type": "public-key" }
  ],
  "extensions": {
    "prf": {
      "eval": {
        "first": "dHJlYXN1cnktMjAyNg",
        "second": "dHJlYXN1cnktMjAyNg"
      }
    },
    "credProps": true
  }
}`)
})

test.each([{}, { a: [], b: {}, c: null, d: 'ü"\n', e: [[1], { f: [{ g: 'x'.repeat(60) }] }] }, [1], 'x'])(
  '%j is read back as it was',
  (value) => {
    expect(JSON.parse(printJson(value))).toEqual(value)
  },
)
