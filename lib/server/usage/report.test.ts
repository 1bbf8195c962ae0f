import { expect, test } from 'vitest'
import type { UsageAnswer } from '#lib/contract/usage.ts'
import { csvOf } from './report.ts'

const made = {
  ...{ 'passkey.registered': 3, 'passkey.authenticated': 4, 'token.issued': 5 },
  ...{ 'mpc.key_generated': 6, 'mpc.signed': 7 },
}

/** CSV of one row whose group has this name. */
function csvOfKey(key: string): string {
  const answer: UsageAnswer = {
    data: [{ key, requests: 1, errors: 2 }],
    totals: { requests: 1, errors: 2 },
    meters: { data: [{ key, ...made }], totals: made },
  }
  return csvOf(answer, 'key').split('\r\n')[1] ?? ''
}

test('a row of CSV has its group, its requests and errors, and its meters', () => {
  expect(csvOfKey('a1B2c3D4e5F6')).toBe('a1B2c3D4e5F6,1,2,3,4,5,6,7')
})

test.each([
  ['a,b', '"a,b"'],
  ['a"b', '"a""b"'],
  ['a\r\nb', '"a\r\nb"'],
])('a group named %j is quoted', (name, cell) => {
  const csv = csvOfKey(name)
  expect(`${csv},`.startsWith(cell.split('\r\n')[0] ?? '')).toBe(true)
})

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '=HYPERLINK("https://x.example","y")'])(
  'a group named %j is text to a spreadsheet, no formula',
  (name) => {
    const [, quote, text] = /^("?)(.*?)\1,1,2,3,4,5,6,7$/.exec(csvOfKey(name)) ?? []
    expect(text?.replaceAll('""', '"')).toBe(`'${name}`)
    expect(quote).toBe(/["]/.test(name) || name.includes(',') ? '"' : '')
  },
)
