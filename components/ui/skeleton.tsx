interface Props {
  /** What is being read, for who cannot see it: “Reading the members”. */
  label: string
  /** As many bars as the content usually has rows. */
  rows?: number
  /** The height of a bar, so that nothing moves when the content comes. */
  height?: string
}

/** Holds the place of content that is on its way. */
export function Skeleton({ label, rows = 1, height = 'h-14' }: Props) {
  return (
    <div aria-busy="true" className="space-y-2.5">
      <p role="status" className="sr-only">
        {label}
      </p>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bars are all alike
        <div key={row} aria-hidden="true" className={`animate-pulse rounded-xl bg-sunk ${height}`} />
      ))}
    </div>
  )
}
