import { expect, test } from 'vitest'
import { colorOf, contrast, fillOf, inkOn, surfaces } from './brand-colors.ts'

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

function ofHue(hue: number, saturation: number, lightness: number): string {
  const part = (at: number) => {
    const k = (at + hue / 30) % 12
    const value = lightness - saturation * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(k - 3, 9 - k, 1))
    return Math.round(value * 255)
      .toString(16)
      .padStart(2, '0')
  }
  return `#${part(0)}${part(8)}${part(4)}`
}

function hueOf(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
  return (Math.atan2(Math.sqrt(3) * (green - blue), 2 * red - green - blue) * 180) / Math.PI
}

test.each(['light', 'dark'] as const)('a button of any hue stands out in %s, is read, and keeps its hue', (theme) => {
  for (let hue = 0; hue < 360; hue++)
    for (const saturation of [0.3, 0.7, 1])
      for (const lightness of [0.02, 0.2, 0.4, 0.5, 0.6, 0.8, 0.98]) {
        const color = ofHue(hue, saturation, lightness)
        const { fill, ink } = fillOf(color, theme)
        for (const surface of surfaces[theme]) expect(contrast(fill, surface), color).toBeGreaterThanOrEqual(3)
        expect(contrast(fill, ink), color).toBeGreaterThanOrEqual(4.5)
        if (surfaces[theme].every((surface) => contrast(color, surface) >= 3)) expect(fill).toBe(color)
        // What is nearly black or white has hardly one.
        if (saturation === 1 && lightness > 0.1 && lightness < 0.9) {
          const turned = Math.abs(hueOf(fill) - hueOf(color))
          expect(Math.min(turned, 360 - turned), color).toBeLessThan(4)
        }
      }
})

test('a button of black or white stands out, too', () => {
  expect(fillOf('#ffffff', 'light').fill).not.toBe('#ffffff')
  expect(fillOf('#ffffff', 'dark')).toEqual({ fill: '#ffffff', ink: '#000000' })
  expect(fillOf('#000000', 'light')).toEqual({ fill: '#000000', ink: '#ffffff' })
  expect(contrast(fillOf('#000000', 'dark').fill, surfaces.dark[0])).toBeGreaterThanOrEqual(3)
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
