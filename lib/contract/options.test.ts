import { describe, expect, expectTypeOf, test } from 'vitest'
import { type CeremonyKind, requestOptionsOf, type UserVerification } from '#lib/webauthn/options.ts'
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
    const options = requestOptionsOf(ceremony).filter(({ kind }) => kind !== 'extension')
    expect(options.length).toBeGreaterThan(4)
    for (const { path, kind, values = [] } of options) {
      for (const { value } of values) {
        const given = nested(path, kind === 'choice' ? value : [value])
        expect(schema.parse(given)).toEqual(given)
      }
      const text = kind === 'text' ? [] : ['no such value']
      const boolean = typeof values[0]?.value === 'boolean' ? [] : [true]
      for (const wrong of [...text, ...boolean, ['no such value'], 0, -1, 1.5]) {
        expect(accepts(nested(path, wrong)), `${path}: ${JSON.stringify(wrong)}`).toBe(false)
      }
    }
  })

  test('refuse what is no option', () => {
    for (const wrong of [
      { challenge: 'AAAA' },
      { rp: { name: 'Evil' } },
      { user: { name: 'eve' } },
      { mediation: 'silent' },
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
    const named = { id: 'AQ', transports: ['usb'] }
    for (const right of ['registered', 'none', [], ['AQ'], Array(64).fill('AQ'), [{ id: 'AQ' }, 'AQ', named]])
      expect(accepts({ [name]: right })).toBe(true)
    for (const wrong of [
      'all',
      [''],
      ['a b'],
      ['AQ=='],
      [7],
      Array(65).fill('AQ'),
      ['A'.repeat(1365)],
      [{}],
      [{ id: 'AQ', x: 1 }],
    ]) {
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
    'registered' | 'none' | (string | { id: string; transports?: string[] | undefined })[] | undefined
  >()
  expectTypeOf<RegistrationOptions>().not.toHaveProperty('userVerification')
  expectTypeOf<RegistrationOptions>().not.toHaveProperty('allowCredentials')
  expectTypeOf<AuthenticationOptions>().not.toHaveProperty('authenticatorSelection')
})
