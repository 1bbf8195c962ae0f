'use client'

import { useEnvironment } from './use-environment.ts'

/** The edge of every page that shows what is live, beside the switch that says so. */
export function LiveEdge() {
  if (useEnvironment() !== 'live') return null
  return (
    <div
      aria-hidden="true"
      data-testid="live-edge"
      className="pointer-events-none fixed inset-0 z-30 border-bad border-t-3 border-l-3"
    />
  )
}
