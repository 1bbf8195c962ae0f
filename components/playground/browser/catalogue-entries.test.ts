import { expect, test } from 'vitest'
import { catalogueEntries, entriesOf } from './catalogue-entries.ts'

const names = (text: string, source: Parameters<typeof entriesOf>[1] = 'all') =>
  entriesOf(text, source).map(({ name }) => name)

test('without a text every entry is there, and of a source its own', () => {
  expect(entriesOf('', 'all')).toEqual(catalogueEntries)
  const own = entriesOf(' ', 'makers')
  expect(own.length).toBeGreaterThan(0)
  expect(new Set(own.map(({ source }) => source.id))).toEqual(new Set(['makers']))
})

test('a name is found by its words in any order and letter case', () => {
  expect(names('manager GOOGLE')).toEqual(['Google Password Manager'])
  expect(names('google nothing')).toEqual([])
})

test('an AAGUID is found with and without hyphens, and by a part', () => {
  for (const text of ['ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4', 'EA9B8D664D011D213CE4B6B48CB575D4', 'ea9b8d66']) {
    expect(names(text)).toEqual(['Google Password Manager'])
  }
})
