/** The first letter of a name in a circle; the name stands beside it. */
export function Monogram({ name, className = 'size-7 text-[13px]' }: { name: string; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={`grid shrink-0 place-items-center rounded-full bg-sunk font-semibold text-soft ${className}`}
    >
      {[...name][0] ?? ''}
    </span>
  )
}
