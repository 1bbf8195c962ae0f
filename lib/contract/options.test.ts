import { describe, expect, expectTypeOf, test } from 'vitest'
import { type CeremonyKind, optionsOf, type UserVerification } from '#lib/webauthn/options.ts'
import {
  type AuthenticationOptions,
  authenticationOptions,
  type RegistrationOptions,
  registrationOptions,
} from './options.ts'

const schemas = { registration: registrationOptions, authentication: authenticationOptions }

function nested(path: string, value: unknown): object {
  const [head = '', leaf] = path.split('.')
  return leaf ? { [head]: { [leaf]: value } } : { [head]: value }
}

describe.each(['registration', 'authentication'] as CeremonyKind[])('%s options', (ceremony) => {
  const schema = schemas[ceremony]
  const accepts = (value: unknown) => schema.safeParse(value).success

  test('may all be absent', () => {
    expect(schema.parse({})).toEqual({})
  })

  test('take every value of the catalogue unchanged, and no other', () => {
    const options = optionsOf(ceremony)
    expect(options.length).toBeGreaterThan(4)
    for (const { path, kind, values = [] } of options) {
      for (const { value } of values) {
        const given = nested(path, kind === 'choice' ? value : [value])
        expect(schema.parse(given)).toEqual(given)
      }
      for (const wrong of ['no such value', ['no such value'], 0, -1, 1.5, true]) {
        expect(accepts(nested(path, wrong)), `${path}: ${JSON.stringify(wrong)}`).toBe(false)
      }
    }
  })

  test('refuse what is no option', () => {
    for (const wrong of [
      { challenge: 'AAAA' },
      { rp: {} },
      { rpId: 'evil.example' },
      { user: {} },
      { constructor: 1 },
    ]) {
      expect(accepts(wrong)).toBe(false)
    }
    for (const wrong of [null, [], 'x', 7]) expect(accepts(wrong)).toBe(false)
  })

  test('take a timeout of a millisecond to an hour', () => {
    for (const timeout of [1, 60_000, 3_600_000]) expect(accepts({ timeout })).toBe(true)
    for (const timeout of [0, -1, 3_600_001, 1.5, '60000', Number.NaN]) expect(accepts({ timeout })).toBe(false)
  })

  test('take credentials as “registered”, “none” or ids', () => {
    const name = ceremony === 'registration' ? 'excludeCredentials' : 'allowCredentials'
    for (const right of ['registered', 'none', [], ['AQ'], Array(64).fill('AQ')])
      expect(accepts({ [name]: right })).toBe(true)
    for (const wrong of ['all', [''], ['a b'], ['AQ=='], [7], Array(65).fill('AQ'), ['A'.repeat(1365)]]) {
      expect(accepts({ [name]: wrong })).toBe(false)
    }
  })
})

test('the types follow the catalogue: paths nested, values as literals, all optional', () => {
  type Selection = NonNullable<RegistrationOptions['authenticatorSelection']>
  type Hints = ('security-key' | 'client-device' | 'hybrid')[]
  expectTypeOf<RegistrationOptions['attestation']>().toEqualTypeOf<
    'none' | 'indirect' | 'direct' | 'enterprise' | undefined
  >()
  expectTypeOf<Selection['userVerification']>().toEqualTypeOf<UserVerification | undefined>()
  expectTypeOf<AuthenticationOptions['userVerification']>().toEqualTypeOf<UserVerification | undefined>()
  expectTypeOf<RegistrationOptions['hints']>().toEqualTypeOf<Hints | undefined>()
  expectTypeOf<AuthenticationOptions['hints']>().toEqualTypeOf<Hints | undefined>()
  expectTypeOf<RegistrationOptions['pubKeyCredParams']>().toEqualTypeOf<number[] | undefined>()
  expectTypeOf<AuthenticationOptions['timeout']>().toEqualTypeOf<number | undefined>()
  expectTypeOf<AuthenticationOptions['extensions']>().toEqualTypeOf<Record<string, unknown> | undefined>()
  expectTypeOf<RegistrationOptions['excludeCredentials']>().toEqualTypeOf<
    'registered' | 'none' | string[] | undefined
  >()
  expectTypeOf<RegistrationOptions>().not.toHaveProperty('userVerification')
  expectTypeOf<RegistrationOptions>().not.toHaveProperty('allowCredentials')
  expectTypeOf<AuthenticationOptions>().not.toHaveProperty('authenticatorSelection')
})
