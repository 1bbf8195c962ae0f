import { expect, test } from 'vitest'
import { toldApart } from './told-apart.ts'

test('what is called alike is numbered from the second on, and everything else is as it was', () => {
  expect(toldApart(['Pixel', 'Key ring', 'Pixel', 'Pixel'])).toEqual(['Pixel', 'Key ring', 'Pixel (2)', 'Pixel (3)'])
  expect(toldApart([])).toEqual([])
})
