import { expect, test } from 'vitest'
import { authenticationOptions, registrationOptions } from '#lib/contract/options.ts'
import { askedOf } from './asked-options.ts'
import { withOption, withoutOffer } from './option-values.ts'
import { presetOf, presets } from './presets.ts'

test('only what was set is sent, nested where WebAuthn nests it', () => {
  const registration = { 'authenticatorSelection.residentKey': 'required', timeout: 9_000, hints: ['hybrid'] }
  expect(askedOf('registration', { registration, authentication: {} })).toEqual({
    options: { authenticatorSelection: { residentKey: 'required' }, hints: ['hybrid'], timeout: 9_000 },
  })
})

test('nothing set is no options at all', () => {
  expect(askedOf('authentication', presets[0].choices)).toEqual({})
})

test('the server gets every extension, the browser what the server does not know, and the call its own', () => {
  const registration = {
    'extensions.uvm': true,
    'extensions.a.b': 1,
    'rp.id': 'example.com',
    'rp.icon': 'x',
    foo: [1],
    mediation: 'conditional',
    excludeCredentials: { invented: { count: 2, length: 4, transports: ['usb'] } },
  }
  expect(askedOf('registration', { registration, authentication: {} })).toEqual({
    options: {
      extensions: { uvm: true, 'a.b': 1 },
      rp: { id: 'example.com' },
      excludeCredentials: [
        { id: 'C3DVOg', transports: ['usb'] },
        { id: 'MJX6Xw', transports: ['usb'] },
      ],
    },
    added: { rp: { icon: 'x' }, foo: [1] },
    mediation: 'conditional',
  })
})

test('whatever an address or a file wants invented, no more is made than the page itself asks for', () => {
  const made = (invented: unknown) => {
    const { options } = askedOf('registration', {
      registration: { excludeCredentials: { invented } },
      authentication: {},
    })
    return options?.excludeCredentials as { id: string; transports?: string[] }[]
  }
  const many = made({ count: 1e9, length: 1e9, transports: ['usb'] })
  expect([many.length, many[0]?.id.length]).toEqual([64, 1364])
  expect(made({ count: 1, length: 1, transports: { length: 1 } })).toEqual([{ id: 'Cw' }])
  expect(made({ count: 'x' })).toEqual([])
  expect(made(null)).toEqual({ invented: null })
})

test('a member of the other ceremony is none that the server takes: the browser alone gets it', () => {
  const authentication = { attestation: 'direct', userVerification: 'required' }
  expect(askedOf('authentication', { registration: {}, authentication })).toEqual({
    options: { userVerification: 'required' },
    added: { attestation: 'direct' },
  })
})

test('a name that objects have is a name like any other', () => {
  const { added } = askedOf('registration', { registration: { ['__proto__']: { polluted: true } }, authentication: {} })
  expect(Object.keys(added ?? {})).toEqual(['__proto__'])
  expect({}).not.toHaveProperty('polluted')
})

test('an option that is unset again leaves nothing behind', () => {
  expect(withOption(withOption({}, 'timeout', 1), 'timeout', undefined)).toEqual({})
})

test('without an offer in the name field all else stays, and so does any other mediation', () => {
  const registration = { mediation: 'conditional', timeout: 1 }
  const offering = { registration, authentication: { mediation: 'conditional', timeout: 2 } }
  expect(withoutOffer(offering)).toEqual({ registration, authentication: { timeout: 2 } })
  const silent = { registration, authentication: { mediation: 'silent' } }
  expect(withoutOffer(silent)).toEqual(silent)
})

test.each(presets)('the contract accepts the preset $label', ({ value, choices }) => {
  expect(registrationOptions.safeParse(askedOf('registration', choices).options ?? {}).success).toBe(true)
  expect(authenticationOptions.safeParse(askedOf('authentication', choices).options ?? {}).success).toBe(true)
  expect(presetOf(choices)).toBe(value)
})

test('a preset that a hand has changed is none any more', () => {
  const [{ choices }] = presets
  expect(presetOf({ ...choices, authentication: { timeout: 1 } })).toBeUndefined()
})
