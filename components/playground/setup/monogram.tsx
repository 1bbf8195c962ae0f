/** A tenant's mark: its first letter on a colour that is always the same for the same name. */
export function Monogram({ name, size = 'size-10 rounded-[10px] text-[17px]' }: { name: string; size?: string }) {
  const hue = [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % 5
  return (
    <span
      aria-hidden="true"
      style={{ background: `var(--tenant-${hue})` }}
      className={`grid shrink-0 place-items-center font-semibold text-[#fff] ${size}`}
    >
      {name.trim().charAt(0).toUpperCase()}
    </span>
  )
}
