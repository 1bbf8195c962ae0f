import { expect, test } from 'vitest'
import type { OptionValues } from '../options/option-values.ts'
import { presets } from '../options/presets.ts'
import { optionsInShort } from './options-in-short.ts'

const chosen = (registration: OptionValues) => ({ ...presets[0].choices, registration })

test('a preset is called by its name', () => {
  for (const { label, choices } of presets) expect(optionsInShort('registration', choices)).toBe(label)
})

test.each<[OptionValues, string]>([
  [{}, 'nothing set'],
  [{ 'authenticatorSelection.userVerification': 'required', attestation: 'direct' }, 'UV required · direct'],
  [{ 'authenticatorSelection.residentKey': 'discouraged', attestation: 'none' }, 'RK discouraged · attestation none'],
  [{ hints: ['security-key', 'hybrid'], timeout: 20_000 }, 'security-key, hybrid · 20 s'],
  [{ pubKeyCredParams: [-7] }, 'ES256 only'],
  [{ extensions: { prf: {}, uvm: true } }, 'prf, uvm'],
  [{ 'extensions.prf': { eval: {} }, 'extensions.credProps': true }, 'prf · credProps'],
  [{ excludeCredentials: 'none' }, 'excludeCredentials none'],
  [{ 'rp.id': 'wrong.example', 'user.id': 'AAAA' }, 'RP ID wrong.example · user handle AAAA'],
  [{ foo: 'x'.repeat(40) }, `foo ${'x'.repeat(23)}…`],
])('%j is %s', (registration, words) => {
  expect(optionsInShort('registration', chosen(registration))).toBe(words)
})

test('a member named as what every object has is called by its name', () => {
  const choices = { registration: { constructor: 'x' }, authentication: {} }
  expect(optionsInShort('registration', choices)).toBe('constructor x')
})
