import { expect, test } from 'vitest'
import { authenticationOptions, registrationOptions } from '#lib/contract/options.ts'
import { optionsOfRequest, withOption } from './option-values.ts'
import { presetOf, presets } from './presets.ts'

test('only what was set is sent, nested where WebAuthn nests it', () => {
  const registration = { 'authenticatorSelection.residentKey': 'required', timeout: 9_000, hints: ['hybrid'] }
  expect(optionsOfRequest('registration', { registration, authentication: {}, autofill: false })).toEqual({
    authenticatorSelection: { residentKey: 'required' },
    hints: ['hybrid'],
    timeout: 9_000,
  })
})

test('nothing set is no options at all', () => {
  expect(optionsOfRequest('authentication', presets[0].choices)).toBeUndefined()
})

test('an option that is unset again leaves nothing behind', () => {
  expect(withOption(withOption({}, 'timeout', 1), 'timeout', undefined)).toEqual({})
})

test.each(presets)('the contract accepts the preset $label', ({ value, choices }) => {
  expect(registrationOptions.safeParse(optionsOfRequest('registration', choices) ?? {}).success).toBe(true)
  expect(authenticationOptions.safeParse(optionsOfRequest('authentication', choices) ?? {}).success).toBe(true)
  expect(presetOf(choices)).toBe(value)
})

test('a preset that a hand has changed is none any more', () => {
  const [{ choices }] = presets
  expect(presetOf({ ...choices, authentication: { timeout: 1 } })).toBeUndefined()
})
