import { expect, test } from 'vitest'
import { jsonSize } from './json-size.ts'

test.each([
  ['', 1, 0],
  ['0', 1, 0],
  ['[]', 1, 1],
  ['[1,2,[3]]', 3, 2],
  ['{"a":[{"b":1},{"c":[]}],"d":0}', 3, 4],
  ['",[{"', 1, 0],
  ['["\\",[{",1]', 2, 1],
  ['["\\\\",[1]]', 2, 2],
  ['["é,[",{}]', 2, 2],
  ['[[[[', 1, 4],
  ['"never ended, [', 1, 0],
  [']]][', 1, 0],
])('of %s', (json, values, depth) => {
  expect(jsonSize(new TextEncoder().encode(json))).toEqual({ values, depth })
})
