import { describe, expect, test } from 'vitest'
import { authenticationOptions, registrationOptions } from '#lib/contract/options.ts'
import { type CeremonyKind, optionsOf, type WebAuthnOption } from '#lib/webauthn/options.ts'
import { initialState } from '../state.ts'
import { addressOf, lackingInAddress, readAddress } from '../url-state.ts'
import { askedOf } from './asked-options.ts'
import { credentialIdsOf, writtenCredentials } from './controls/credentials-text.ts'
import { millisecondsOf } from './controls/milliseconds.ts'
import { withoutMistakes } from './extensions/inner-mistake.ts'
import { textOf, valuesOf, wholeText } from './json/options-json.ts'
import { Mistake } from './mistake.ts'
import { mistakesIn } from './option-mistake.ts'
import { readOption } from './option-read.ts'
import { type OptionValues, soundChoices } from './option-values.ts'
import { nearestPreset, presets } from './presets.ts'
import { settable } from './settable.ts'

const ceremonies = ['registration', 'authentication'] as const
const id = 'A'.repeat(1364)
const entries = ceremonies.flatMap((ceremony) => optionsOf(ceremony).map((option) => ({ ceremony, option })))
const accepts = { registration: registrationOptions, authentication: authenticationOptions }

const choicesWith = (ceremony: CeremonyKind, values: OptionValues) => ({
  registration: {},
  authentication: {},
  [ceremony]: values,
})

describe.each(entries)('$ceremony, $option.path', ({ ceremony, option }) => {
  test.each(settable(option, ceremony).map((value) => ({ value })))(
    '$value goes into JSON and the address and back, and the contract takes what is sent',
    ({ value }) => {
      const values = { [option.path]: value }
      const text = textOf(ceremony, values)
      expect(valuesOf(ceremony, text, {})).toEqual(values)
      const choices = choicesWith(ceremony, values)
      const address = addressOf({ ...initialState, choices }, 'http://localhost:3000/playground')
      // But for what is secret, which url-state.test.ts names.
      const taken = lackingInAddress({ choices }) ? choicesWith(ceremony, {}) : choices
      expect(readAddress(new URL(address).search)).toEqual({ choices: taken, ignored: [] })
      const { options, added, mediation } = askedOf(ceremony, choices)
      expect(accepts[ceremony].safeParse(options ?? {}).success).toBe(true)
      expect(added).toBeUndefined()
      if (option.place === 'call') expect({ options, mediation }).toEqual({ options: undefined, mediation: value })
      else expect(options).toBeDefined()
    },
  )

  test('unset, it is neither in the JSON nor sent', () => {
    expect(JSON.parse(textOf(ceremony, {}))).toEqual({})
    expect(askedOf(ceremony, choicesWith(ceremony, {}))).toEqual({})
  })

  test('what is of another shape is a mistake that keeps what is written, and is not sent', () => {
    const wrong = option.kind === 'extension' ? null : { nonsense: 1 }
    const read = readOption(option, wrong)
    expect(read).toMatchObject({ written: wrong })
    expect(read).toBeInstanceOf(Mistake)
    const choices = choicesWith(ceremony, { [option.path]: read })
    expect(mistakesIn(ceremony, choices)).toMatchObject([{ ceremony, option: { title: option.title } }])
    expect(mistakesIn(ceremony === 'registration' ? 'authentication' : 'registration', choices)).toEqual([])
    expect(askedOf(ceremony, soundChoices(choices))).toEqual({})
    expect(valuesOf(ceremony, textOf(ceremony, choices[ceremony] as OptionValues), {})[option.path]).toBeInstanceOf(
      Mistake,
    )
  })
})

test('algorithms come as WebAuthn writes them, or as numbers', () => {
  const both = ['[{ "type": "public-key", "alg": -7 }, { "alg": -257 }]', '[-7, -257]']
  for (const list of both) {
    expect(valuesOf('registration', `{ "pubKeyCredParams": ${list} }`, {})).toEqual({ pubKeyCredParams: [-7, -257] })
  }
  expect(textOf('registration', { pubKeyCredParams: [-7] })).toContain('{ "alg": -7, "type": "public-key" }')
})

test('what nobody here knows is kept, nested where it was, and sent as it is', () => {
  const text =
    '{ "extensions": { "uvm": true }, "rp": { "icon": "x" }, "foo": { "a.b": [1] }, "mediation": "conditional" }'
  const values = valuesOf('registration', text, {})
  expect(values).toEqual({ 'extensions.uvm': true, 'rp.icon': 'x', foo: { 'a.b': [1] }, mediation: 'conditional' })
  expect(JSON.parse(textOf('registration', values))).toEqual(JSON.parse(text))
  expect(askedOf('registration', choicesWith('registration', values))).toEqual({
    options: { extensions: { uvm: true } },
    added: { rp: { icon: 'x' }, foo: { 'a.b': [1] } },
    mediation: 'conditional',
  })
})

test('the whole call is taken too: publicKey, with mediation beside it', () => {
  const text = '{ "publicKey": { "timeout": 1 }, "mediation": "silent" }'
  expect(valuesOf('authentication', text, {})).toEqual({ timeout: 1, mediation: 'silent' })
})

test('a text that is no JSON says its line, and leaves the choices as they were', () => {
  const text = '{\n  "timeout": 1,\n  "hints": [\n}'
  const values = valuesOf('registration', text, { timeout: 9, hints: new Mistake('Why.', 1) })
  expect(values).not.toHaveProperty('hints')
  expect(values).toMatchObject({
    timeout: 9,
    [wholeText]: { words: expect.stringMatching(/^Line 4: /), written: text },
  })
  expect(textOf('registration', values)).toBe(text)
  expect(mistakesIn('registration', { registration: values, authentication: {} })).toHaveLength(1)
  expect(valuesOf('registration', '[]', {})[wholeText]).toBeInstanceOf(Mistake)
  expect(valuesOf('registration', '{ "extensions": 5 }', {}).extensions).toBeInstanceOf(Mistake)
})

test.each([
  ['1', 1],
  [' 3600000 ', 3_600_000],
  [' ', undefined],
])('milliseconds: %j is read', (text, value) => {
  expect(millisecondsOf(text)).toBe(value)
})

test.each(['0', '-1', '-', '1.5', '3600001', '20s', '1e3', '0x10'])('milliseconds: %j is a mistake', (text) => {
  expect(millisecondsOf(text)).toMatchObject({ written: text })
})

test.each([
  ['AAAA,\nAQ', ['AAAA', 'AQ']],
  ['', []],
  [id, [id]],
  ['AAAA usb nfc\nAQ', [{ id: 'AAAA', transports: ['usb', 'nfc'] }, 'AQ']],
])('credential IDs: %# is read, accepted by the contract, and written back', (text, named) => {
  expect(credentialIdsOf(text)).toEqual(named)
  expect(authenticationOptions.safeParse({ allowCredentials: named }).success).toBe(true)
  expect(credentialIdsOf(writtenCredentials(named))).toEqual(named)
})

test.each(['AAAA, a+b/', 'AB', 'AAAAA', 'usb', `${id}AAAA`, 'AAAA '.repeat(65)])(
  'credential IDs: %# is a mistake',
  (text) => {
    expect(credentialIdsOf(text)).toBeInstanceOf(Mistake)
  },
)

test('a mistake inside an extension is the extension’s, by the name of its member', () => {
  const mistake = withoutMistakes('prf', { eval: { first: new Mistake('It is not hex.', 'zz'), second: 'AQ' } })
  expect(mistake).toEqual(new Mistake('prf.eval.first: It is not hex.', { eval: { first: 'zz', second: 'AQ' } }))
  const [prf] = optionsOf('registration').filter(({ path }) => path === 'extensions.prf')
  expect(readOption(prf as WebAuthnOption, { eval: { first: 'zz' } })).toBeInstanceOf(Mistake)
})

test('the nearest preset is named while something of it is left', () => {
  const [passkey, securityKey] = presets
  expect(nearestPreset(passkey.choices)).toEqual({ preset: 'passkey', changed: false })
  const changed = { ...securityKey?.choices, authentication: { hints: ['security-key'], timeout: 1 } }
  expect(nearestPreset(changed as typeof passkey.choices)).toEqual({ preset: 'security-key', changed: true })
  expect(nearestPreset({ registration: { timeout: 1 }, authentication: {} })).toEqual({
    preset: undefined,
    changed: true,
  })
})
