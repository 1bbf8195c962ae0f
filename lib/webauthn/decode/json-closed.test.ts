import { expect, test } from 'vitest'
import { closedJson } from './json-closed.ts'

test.each([
  ['{"a":1', '{"a":1}', false],
  ['{"a":1,', '{"a":1}', false],
  ['{"a":1,"b"', '{"a":1}', false],
  ['{"a":1,"b":tr', '{"a":1}', false],
  ['{"a":"x,{', '{"a":"x,{"}', true],
  ['{"a":"x"', '{"a":"x"}', false],
  ['{"a":1,"b":"x\\', '{"a":1}', false],
  ['{"a":1,"b":[{"c":"d', '{"a":1,"b":[{"c":"d"}]}', true],
  ['{"a":1,"b":[{"c":', '{"a":1}', false],
])('%s is read as %s', (text, json, cut) => {
  expect(closedJson(text)).toEqual({ json, cut })
})

test.each(['', '{', '{"a', '{"a":', 'x', '[1,2', '"a', '{"a":1}', '{]{', '{"a":1}}{'])(
  '%s has no member that stands',
  (text) => {
    expect(closedJson(text)).toBeUndefined()
  },
)
