import { useId } from 'react'
import type { Look, Texture } from './usage-looks.ts'

const size = 8
const marks: Record<Exclude<Texture, 'dots'>, string> = {
  solid: '',
  diagonal: 'M-2 2 2-2M0 8 8 0M6 10l4-4',
  back: 'M-2 6 2 10M0 0l8 8M6-2l4 4',
  horizontal: 'M0 2h8M0 6h8',
  vertical: 'M2 0v8M6 0v8',
  cross: 'M0 8 8 0M0 0l8 8',
  grid: 'M0 4h8M4 0v8',
}

/** A look as a paint that shapes are filled with: the colour, and the texture cut out of it. For inside `defs`. */
export function UsageTexture({ id, look }: { id: string; look: Look }) {
  const { color, texture } = look
  return (
    <pattern id={id} width={size} height={size} patternUnits="userSpaceOnUse">
      <rect width={size} height={size} style={{ fill: color }} />
      {texture === 'dots' ? (
        <path d="M2 2h.01M6 6h.01" className="stroke-card" strokeWidth="2.6" strokeLinecap="round" />
      ) : (
        <path d={marks[texture]} className="stroke-card" strokeWidth="1.4" fill="none" />
      )}
    </pattern>
  )
}

/** A sample of a look, beside the name of what is drawn so. */
export function UsageSwatch({ look }: { look: Look }) {
  const id = `swatch-${useId()}`
  return (
    <svg aria-hidden="true" width="14" height="14" className="shrink-0 rounded-[3px]">
      <defs>
        <UsageTexture id={id} look={look} />
      </defs>
      <rect width="14" height="14" fill={`url(#${id})`} />
    </svg>
  )
}
