import { expect, test } from 'vitest'
import { beginningOf } from './beginning.ts'

test.each([
  ['', 3, ''],
  ['ab', 3, 'ab'],
  ['abc', 3, 'abc'],
  ['abcd', 3, 'abc'],
  ['a🙂b', 2, 'a🙂'],
  ['a🙂🙂🙂', 3, 'a🙂🙂'],
  ['🙂🙂🙂', 3, '🙂🙂🙂'],
  ['ab🙂', 2, 'ab'],
])('of “%s” the first %i characters are “%s”', (text, most, beginning) => {
  expect(beginningOf(text, most)).toBe(beginning)
})
