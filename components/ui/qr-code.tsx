/** A QR code of its rows of dark and light modules: black on white in any theme, which is what cameras read. */
export function QrCode({ rows, label }: { rows: readonly (readonly boolean[])[]; label: string }) {
  const path = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${rows.length} ${rows.length}`}
      className="w-full rounded-lg bg-[#fff]"
    >
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  )
}
