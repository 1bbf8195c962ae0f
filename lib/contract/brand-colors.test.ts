import { expect, test } from 'vitest'
import { colorOf, contrast, inkOn } from './brand-colors.ts'

test('contrast runs from 1 to 21, whichever comes first', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
  expect(contrast('#ffffff', '#000000')).toBeCloseTo(21)
  expect(contrast('#2b45e8', '#2b45e8')).toBe(1)
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
})

test('the ink of every colour passes AA', () => {
  for (let red = 0; red < 256; red += 15)
    for (let green = 0; green < 256; green += 15)
      for (let blue = 0; blue < 256; blue += 15) {
        const color = `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`
        expect(contrast(color, inkOn(color)), color).toBeGreaterThanOrEqual(4.5)
      }
})

test('white stands on dark colours, black on light ones', () => {
  expect(inkOn('#2b45e8')).toBe('#ffffff')
  expect(inkOn('#ffd500')).toBe('#000000')
})

test('whoever chose no colour has always the same one, on which white stands', () => {
  const names = ['Acme Wallet', 'Globex Pay', 'é', '', '🔑']
  expect(colorOf('Acme Wallet')).toBe('#0f766e')
  expect(new Set(names.map(colorOf)).size).toBeGreaterThan(1)
  for (const name of names) expect(inkOn(colorOf(name)), name).toBe('#ffffff')
})
