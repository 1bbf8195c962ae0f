import { expect, test } from 'vitest'
import { lineAt, longestJson, scanJson } from './json-scan.ts'

test.each(['{}', '[]', ' { "a": [1, -2.5e+3, true, null, "\\u00e9\\n"], "b": { "c": {} } }\n', '"text"', '0'])(
  '%s is JSON, as the browser’s own parser finds',
  (text) => {
    expect(() => JSON.parse(text)).not.toThrow()
    expect(scanJson(text).fault).toBeUndefined()
  },
)

test.each([
  ['', 0, 'it ends where a value is expected'],
  ['{', 1, 'it ends where a name in double quotes is expected'],
  ['{ "a": 1, }', 8, 'nothing follows this comma'],
  ['{ "a" 1 }', 6, 'a colon is expected here, not 1'],
  ['{ "a": 1 "b": 2 }', 9, 'a comma or } is expected here, not "b"'],
  ['{ a: 1 }', 2, 'a name in double quotes is expected here, not a'],
  ['{ "a": yes }', 7, 'yes is no value of JSON'],
  ['{ "a": 01 }', 7, '01 is no number of JSON'],
  ['{ "a": "b }', 7, 'this text has no end'],
  ['{ "a": "\\x" }', 7, 'an escape that JSON does not know'],
  ["{ 'a': 1 }", 2, 'a name in double quotes is expected here'],
  ['{} {}', 3, 'the end is expected here'],
  ['[1, 2', 5, 'it ends where a comma or ] is expected'],
])('%s is none, and where is said', (text, at, words) => {
  expect(() => JSON.parse(text)).toThrow()
  const { fault } = scanJson(text)
  expect(fault?.words).toContain(words)
  expect(fault?.at).toBe(at)
})

test('what a parser would drop silently is a fault: the same name twice', () => {
  expect(scanJson('{ "a": 1, "a": 2 }').fault).toEqual({ at: 10, words: '“a” stands here twice' })
  expect(scanJson('[{ "a": 1 }, { "a": 2 }]').fault).toBeUndefined()
})

test('each member is found with its lines, also where the text breaks off later', () => {
  const text = '{\n  "a": { "b": 1 },\n  "c": [\n    2\n  ],\n  oh'
  const { members, fault } = scanJson(text)
  const lines = [...members].map(([name, { from, to }]) => [name, lineAt(text, from), lineAt(text, to)])
  expect(lines).toEqual([
    ['a.b', 2, 2],
    ['a', 2, 2],
    ['c', 3, 5],
  ])
  expect(lineAt(text, fault?.at ?? 0)).toBe(6)
})

test('no nesting is too deep for it', () => {
  expect(scanJson('['.repeat(60_000)).fault?.words).toContain('deeper')
})

test('what is longer than a server takes is not read, and said to be', () => {
  const text = (length: number) => `"${'a'.repeat(length - 2)}"`
  expect(scanJson(text(longestJson))).toMatchObject({ tokens: [{ kind: 'text' }] })
  expect(scanJson(text(longestJson))).not.toHaveProperty('fault')
  expect(scanJson(text(longestJson + 1))).toMatchObject({
    tokens: [],
    fault: { words: expect.stringContaining('65,536') },
  })
})

test('each piece has its kind, and names are told from texts', () => {
  const text = '{ "a": "b", "n": -1, "t": true, "x": oh }'
  expect(
    scanJson(text)
      .tokens.filter(({ kind }) => kind !== 'mark')
      .map(({ kind, from, to }) => [kind, text.slice(from, to)]),
  ).toEqual([
    ['name', '"a"'],
    ['text', '"b"'],
    ['name', '"n"'],
    ['number', '-1'],
    ['name', '"t"'],
    ['word', 'true'],
    ['name', '"x"'],
    ['wrong', 'oh'],
  ])
})
