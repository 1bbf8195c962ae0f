import type { CSSProperties, ReactNode } from 'react'

/** So many times its own size: what is 12 px on the page is 20 px and more at 1920 × 1080. */
const zoom = { '--zoom': 'max(1, 1.4 * tan(atan2(var(--u), 1px)))', zoom: 'var(--zoom)' } as CSSProperties

/** Parts of the page on the stage: drawn as they are, as large as a room needs. */
export function StageZoom({ children }: { children: ReactNode }) {
  return <div style={zoom}>{children}</div>
}
