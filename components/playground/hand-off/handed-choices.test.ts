import { expect, test } from 'vitest'
import { Mistake } from '../options/mistake.ts'
import { presets } from '../options/presets.ts'
import { choicesOf, handedWith } from './handed-choices.ts'

const handed = (username: string, choices = presets[0].choices) => handedWith(username, choices)

test.each(presets)('$label arrives as it was set', ({ choices }) => {
  const sent = JSON.parse(JSON.stringify(handed('ada', choices)))
  expect(sent.username).toBe('ada')
  expect(choicesOf(sent.options)).toEqual(choices)
})

test('lists, credentials, unknown members and names with dots arrive, too', () => {
  const choices = {
    registration: {
      pubKeyCredParams: [-7, -257],
      timeout: 20_000,
      'extensions.my.own': 1,
      excludeCredentials: ['AQID'],
    },
    authentication: { allowCredentials: 'none', other: { a: [1] } },
  }
  expect(choicesOf(JSON.parse(JSON.stringify(handed('', choices).options)))).toEqual(choices)
})

test('what is written wrong, what is no username and what is secret is not handed on', () => {
  const key = `sk_test_${'a'.repeat(12)}_${'b'.repeat(43)}${'c'.repeat(6)}`
  const choices = {
    registration: { timeout: new Mistake('is none', 'soon'), attestation: 'direct', 'extensions.own': key },
    authentication: { 'extensions.largeBlob': { write: 'AQID' }, userVerification: 'required' },
  }
  expect(handed('', choices)).toEqual({
    options: { registration: { attestation: 'direct' }, authentication: { userVerification: 'required' } },
  })
  for (const name of ['', ' ada', 'a'.repeat(65), key]) expect(handed(name)).not.toHaveProperty('username')
})

test('what is handed over and cannot be is a mistake in its place', () => {
  const { registration } = choicesOf({ registration: { attestation: 'always' } })
  expect(registration.attestation).toBeInstanceOf(Mistake)
})
