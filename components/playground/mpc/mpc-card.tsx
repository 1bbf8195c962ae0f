const icons = {
  device: 'M3.5 3h9v7h-9zM1.75 13h12.5M6 10v3M10 10v3',
  server: 'M2.5 3h11v4h-11zM2.5 9h11v4h-11zM5 5v.01M5 11v.01',
  file: 'M4 2h5l3 3v9H4zM9 2v3h3',
} as const

interface Props {
  icon: keyof typeof icons
  title: string
  text: string
  share: string
  /** There is nothing of it yet, or no more. */
  ghost?: boolean
  /** It cheated. */
  cheat?: boolean
}

/** A party: who it is, where its share lies. */
export function MpcCard({ icon, title, text, share, ghost = false, cheat = false }: Props) {
  const frame = cheat ? 'border-bad bg-bad-wash' : ghost ? 'border-line-strong border-dashed' : 'border-line bg-card'
  return (
    <section aria-label={title} className={`min-w-0 rounded-xl border p-2 sm:px-3 sm:py-2.5 ${frame}`}>
      <div className="flex gap-2 font-semibold max-sm:flex-col max-sm:text-[14px] sm:items-center">
        <span
          className={`grid size-7 shrink-0 place-items-center rounded-lg ${cheat ? 'bg-card text-bad' : 'bg-sunk text-soft'}`}
        >
          <svg
            aria-hidden="true"
            viewBox="0 0 16 16"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.5"
            strokeLinecap="round"
            strokeLinejoin="round"
            className="size-4"
          >
            <path d={icons[icon]} />
          </svg>
        </span>
        <span className="min-w-0">{title}</span>
      </div>
      <p className="mt-1.5 text-[12.5px] text-soft leading-snug">{text}</p>
      <span
        className={`mt-2 inline-block rounded-lg border px-2 py-0.5 text-[12.5px] ${cheat ? 'border-bad bg-card text-bad' : ghost ? 'border-line-strong border-dashed text-faint' : 'border-line-strong bg-card'}`}
      >
        {share}
      </span>
    </section>
  )
}
