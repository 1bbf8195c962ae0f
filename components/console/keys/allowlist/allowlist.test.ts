import { expect, test } from 'vitest'
import { keptAs, mostEntries, shutOut, verdictOn, withEntries } from './allowlist.ts'

test('entries are kept in canonical form, each once', () => {
  expect(withEntries(['203.0.113.10'], '2001:DB8:0::1, 203.0.113.10\n198.51.100.0/24').list).toEqual([
    '203.0.113.10',
    '2001:db8::1',
    '198.51.100.0/24',
  ])
})

test('one wrong entry is named, and nothing of the paste is added', () => {
  expect(withEntries(['203.0.113.10'], '198.51.100.7 10.0.0.300')).toEqual({
    list: ['203.0.113.10'],
    mistake: '“10.0.0.300” is no IPv4 or IPv6 address or CIDR.',
  })
  expect(withEntries([], '10.0.0.1/24').mistake).toContain('did you mean 10.0.0.0/24?')
})

test('a list ends at its limit', () => {
  const full = Array.from({ length: mostEntries }, (_, index) => `198.51.100.${index}`)
  expect(withEntries(full, '203.0.113.10').mistake).toContain('100 entries')
  expect(withEntries(full, '198.51.100.0').mistake).toBeUndefined()
})

test('what is typed says what it will be kept as, where that is something else', () => {
  expect(keptAs('2001:DB8::0001')).toBe('2001:db8::1')
  expect(keptAs('203.0.113.10')).toBeUndefined()
  expect(keptAs('203.')).toBeUndefined()
})

test('a verdict names the entry that lets an address pass', () => {
  expect(verdictOn(['203.0.113.0/24'], '203.0.113.9')).toMatchObject({ allowed: true, match: '203.0.113.0/24' })
  expect(verdictOn(['203.0.113.0/24'], '203.0.114.9')).toMatchObject({ allowed: false, match: null })
  expect(verdictOn([], '203.0.114.9')).toMatchObject({ allowed: true, match: null })
  expect(verdictOn([], 'here')).toBeUndefined()
})

test('a list shuts out whom it does not name, and whom the server cannot know', () => {
  const seen = ['203.0.113.9', '198.51.100.1', null]
  expect(shutOut(['203.0.113.0/24'], seen)).toEqual(['198.51.100.1', null])
  expect(shutOut([], seen)).toEqual([])
})
