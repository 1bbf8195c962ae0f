/** A small heading, with what copies the thing below it. */
export function TokenHeading({ text, copy }: { text: string; copy?: React.ReactNode }) {
  return (
    <div className="mb-1.5 flex min-h-7 items-center justify-between">
      <h3 className="font-semibold text-[13px] text-faint">{text}</h3>
      {copy}
    </div>
  )
}
