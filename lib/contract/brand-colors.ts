/** How bright a colour looks, from 0 to 1. @see https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** The contrast of two colours such as #2b45e8, from 1 to 21. @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/** Black or white, whichever is easier to read on a colour. One of them always passes WCAG AA for text. */
export function inkOn(color: string): '#000000' | '#ffffff' {
  return contrast(color, '#ffffff') >= contrast(color, '#000000') ? '#ffffff' : '#000000'
}

/** What buttons stand on: the card, and the page around it (app/globals.css). */
export const surfaces = { light: ['#ffffff', '#f7f7f4'], dark: ['#16181e', '#0e0f13'] } as const

/**
 * A colour as a button has it: the very one where it stands out from what is around it (3:1), else the nearest shade or tint
 * of it that does; with the ink that is read on it.
 *
 * @see https://www.w3.org/TR/WCAG22/#non-text-contrast
 */
export function fillOf(color: string, theme: keyof typeof surfaces): { fill: string; ink: '#000000' | '#ffffff' } {
  const towards = theme === 'light' ? 0 : 255
  for (let percent = 0; ; percent++) {
    const fill = mixed(color, towards, percent / 100)
    if (percent === 100 || surfaces[theme].every((surface) => contrast(fill, surface) >= 3)) {
      return { fill, ink: inkOn(fill) }
    }
  }
}

/** A colour on its way to black (0) or white (255): its hue stays. */
function mixed(color: string, towards: number, share: number): string {
  const parts = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
  return `#${parts
    .map((part) =>
      Math.round(part + (towards - part) * share)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`
}

const colors = ['#1d5fa8', '#8a2f62', '#b4471f', '#0f766e', '#6d3fc4'] as const

/** The colour of whoever chose none: always the same for the same name. */
export function colorOf(name: string): string {
  const sum = [...name].reduce((all, letter) => all + (letter.codePointAt(0) ?? 0), 0)
  return colors[sum % colors.length] ?? colors[0]
}
