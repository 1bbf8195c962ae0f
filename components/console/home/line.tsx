interface Props {
  counts: readonly number[]
  /** How many there would be in all. */
  slots: number
  /** What stands at the upper edge. */
  top: number
  width: number
  height: number
  className: string
  dashed?: boolean
}

/** A course of counts as a line of an SVG picture; one alone is a dot. */
export function Line({ counts, slots, top, width, height, className, dashed = false }: Props) {
  return (
    <path
      d={pathOf({ counts, slots, top, width, height })}
      fill="none"
      strokeWidth={dashed ? 1.2 : 1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      strokeDasharray={dashed ? '2 4' : undefined}
      vectorEffect="non-scaling-stroke"
      className={className}
    />
  )
}

/** The line's path, without a mark where there is nothing. */
export function pathOf({ counts, slots, top, width, height }: Omit<Props, 'className' | 'dashed'>): string {
  const step = width / Math.max(1, slots - 1)
  const points = counts.map((count, at) => `${round(at * step)} ${round(1 + (height - 2) * (1 - count / top))}`)
  return points.length === 1 ? `M${points[0]}l0.01 0` : points.map((point, at) => `${at ? 'L' : 'M'}${point}`).join('')
}

function round(number: number): number {
  return Math.round(number * 10) / 10
}
