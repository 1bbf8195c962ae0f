import { expect, test } from 'vitest'
import { authenticationOptions, registrationOptions } from '#lib/contract/options.ts'
import { credentialIdsOf, extensionsOf, Mistake, millisecondsOf, mistakesIn } from './option-mistake.ts'
import { presets } from './presets.ts'

const id = 'A'.repeat(1364)

test.each([
  ['timeout', millisecondsOf, '1', 1],
  ['timeout', millisecondsOf, '3600000', 3_600_000],
  ['timeout', millisecondsOf, ' ', undefined],
  ['extensions', extensionsOf, '{ "credProps": true }', { credProps: true }],
  ['extensions', extensionsOf, '{ "prf": { "eval": { "first": "AAEC" } } }', { prf: { eval: { first: 'AAEC' } } }],
  ['extensions', extensionsOf, `{ "${'x'.repeat(64)}": 1 }`, { ['x'.repeat(64)]: 1 }],
  ['extensions', extensionsOf, '', undefined],
  ['allowCredentials', credentialIdsOf, 'AAAA,\nAQ', ['AAAA', 'AQ']],
  ['allowCredentials', credentialIdsOf, '', []],
  ['allowCredentials', credentialIdsOf, id, [id]],
] as const)('%s: what is right is read, and the contract accepts it: %#', (name, read, text, value) => {
  expect(read(text)).toEqual(value)
  expect(authenticationOptions.safeParse({ [name]: value }).success).toBe(true)
})

test.each([
  ['timeout', millisecondsOf, '0', 0],
  ['timeout', millisecondsOf, '-1', -1],
  ['timeout', millisecondsOf, '1.5', 1.5],
  ['timeout', millisecondsOf, '3600001', 3_600_001],
  ['timeout', millisecondsOf, '20s', '20s'],
  ['extensions', extensionsOf, '{ "credProps": ', '{ "credProps": '],
  ['extensions', extensionsOf, `{ "${'x'.repeat(65)}": 1 }`, { ['x'.repeat(65)]: 1 }],
  ['excludeCredentials', credentialIdsOf, 'AAAA, a+b/', ['AAAA', 'a+b/']],
  ['excludeCredentials', credentialIdsOf, `${id}AAAA`, [`${id}AAAA`]],
  ['excludeCredentials', credentialIdsOf, 'AAAA '.repeat(65), Array(65).fill('AAAA')],
] as const)('%s: what the contract refuses is a mistake: %#', (name, read, text, sent) => {
  expect(read(text)).toBeInstanceOf(Mistake)
  expect(registrationOptions.safeParse({ [name]: sent }).success).toBe(false)
})

test.each([
  ['left-over bits in a credential ID', credentialIdsOf('AB')],
  ['a credential ID of an impossible length', credentialIdsOf('AAAAA')],
  ['a list in the place of extensions', extensionsOf('[]')],
  ['null in the place of extensions', extensionsOf('null')],
  ['bytes of an extension that are no base64url', extensionsOf('{ "prf": { "eval": { "first": "not bytes" } } }')],
])('%s is a mistake', (_, read) => {
  expect(read).toBeInstanceOf(Mistake)
})

test('a mistake belongs to its ceremony, and is told under the option’s own title', () => {
  const [{ choices }] = presets
  const mistaken = { ...choices, registration: { ...choices.registration, extensions: new Mistake('Why.') } }
  expect(mistakesIn('registration', mistaken)).toMatchObject([
    { ceremony: 'registration', option: { title: 'Extensions' }, words: 'Why.' },
  ])
  expect(mistakesIn('authentication', mistaken)).toEqual([])
  expect(mistakesIn('registration', choices)).toEqual([])
})
