import type { CSSProperties } from 'react'

type Length = 'fontSize' | 'lineHeight' | 'width' | 'height' | 'gap' | 'marginTop' | 'borderRadius'

/** Lengths as they are on a stage of 1440×900: they grow and shrink with the window, down to what can be read. */
export function sized({
  padding,
  ...lengths
}: Partial<Record<Length, number>> & { padding?: [top: number, sides: number, bottom: number] }): CSSProperties {
  const style = Object.fromEntries(Object.entries(lengths).map(([name, length]) => [name, unit(length)]))
  return { ...style, ...(padding ? { padding: padding.map(unit).join(' ') } : {}) }
}

function unit(length: number): string {
  return `calc(${length} * var(--u))`
}
