import { expect, test } from 'vitest'
import { partiesOf, partyNames, suiteNameOf, whoCanSign } from './index.ts'

test('from 2-of-2 to 3-of-5, with the server, in one order', () => {
  expect(partiesOf(2, ['server', 'device'])).toEqual({ threshold: 2, parties: ['device', 'server'] })
  expect(partiesOf(2, ['recovery', 'server', 'device']).parties).toEqual(['device', 'server', 'recovery'])
  expect(partiesOf(3, partyNames)).toEqual({ threshold: 3, parties: [...partyNames] })
})

test.each([
  [1, ['device', 'server']],
  [3, ['device', 'server']],
  [4, [...partyNames]],
  [2.5, ['device', 'server', 'recovery']],
  [Number.NaN, ['device', 'server']],
  [2, ['server']],
  [2, []],
  [2, ['device', 'recovery']],
  [2, ['device', 'server', 'server']],
  [2, ['device', 'server', 'cloud']],
  [2, ['device', 'server', '__proto__']],
])('%s of %j is refused', (threshold, names) => {
  expect(() => partiesOf(threshold, names)).toThrow(expect.objectContaining({ reason: 'parties_invalid' }))
})

test('who can sign is every set that reaches the threshold, and never the server alone', () => {
  expect(whoCanSign(partiesOf(2, ['device', 'server', 'recovery']))).toEqual([
    ['device', 'server'],
    ['device', 'recovery'],
    ['server', 'recovery'],
    ['device', 'server', 'recovery'],
  ])
  expect(whoCanSign(partiesOf(2, ['device', 'server']))).toEqual([['device', 'server']])
  expect(whoCanSign(partiesOf(3, partyNames))).toHaveLength(10 + 5 + 1)
})

test('ECDSA is refused with the reason why, and so is what no table of suites has by accident', () => {
  for (const name of ['ecdsa-secp256k1', 'constructor', '']) {
    expect(() => suiteNameOf(name)).toThrow(expect.objectContaining({ reason: 'suite_unsupported' }))
  }
  expect(() => suiteNameOf('ecdsa-secp256k1')).toThrow(/ECDSA/)
  expect(suiteNameOf('ed25519')).toBe('ed25519')
})
