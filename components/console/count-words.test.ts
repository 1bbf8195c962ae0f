import { expect, test } from 'vitest'
import { countWords } from './count-words.ts'

test('a count is exact up to a thousand, and says that it is more', () => {
  expect([0, 999, 1_000, 1_001].map(countWords)).toEqual(['0', '999', '1,000', '1,000+'])
})
