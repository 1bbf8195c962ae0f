import { expect, test } from 'vitest'
import { difference } from './same-shape.ts'

const json = (said: unknown, printed: unknown) =>
  difference({ language: 'json', text: JSON.stringify(said) }, JSON.stringify(printed))

test('JSON of the same members and kinds is the same, whatever they are', () => {
  expect(json({ id: 'usr_1', at: [{ n: 1 }] }, { id: 'usr_2', at: [{ n: 7 }, { n: 8 }] })).toBeUndefined()
  expect(json({ id: 'usr_1', '…': '…' }, { id: 'usr_2', further: true })).toBeUndefined()
})

test.each([
  ['a member that is not there', { id: 'a' }, {}, '$ has no id'],
  ['a member that is not said', {}, { id: 'a' }, '$ has id, too'],
  ['another kind', { id: 'a' }, { id: 1 }, '$.id is number, not string'],
  ['an empty list', { data: [1] }, { data: [] }, '$.data is empty'],
  ['another code', { code: 'not_found' }, { code: 'internal' }, '$.code is "internal", not "not_found"'],
])('%s is told', (_, said, printed, words) => {
  expect(json(said, printed)).toBe(words)
})

test('text is the same line for line, and … stands for anything', () => {
  const said = { language: 'text', text: 'Acme Wallet\nusr_…' }
  expect(difference(said, 'Acme Wallet\nusr_4fQ9\n')).toBeUndefined()
  expect(difference(said, 'Acme Wallet\n')).toContain('usr_…')
  expect(difference(said, 'Acme Wallet\nusr_1\nmore\n')).toContain('3 lines')
})
