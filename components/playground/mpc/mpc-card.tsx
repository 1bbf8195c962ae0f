import type { ReactNode } from 'react'

const icons = {
  device: 'M3.5 3h9v7h-9zM1.75 13h12.5M6 10v3M10 10v3',
  server: 'M2.5 3h11v4h-11zM2.5 9h11v4h-11zM5 5v.01M5 11v.01',
  file: 'M4 2h5l3 3v9H4zM9 2v3h3',
} as const

interface Props {
  icon: keyof typeof icons
  title: string
  text: string
  share: ReactNode
  /** Which slice of the key it is: its place from 0, of how many. */
  slice?: { at: number; of: number }
  /** There is nothing of it yet, or no more. */
  ghost?: boolean
  /** It cheated. */
  cheat?: boolean
}

/** A party: who it is, where its share lies. */
export function MpcCard({ icon, title, text, share, slice, ghost = false, cheat = false }: Props) {
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
        className={`mt-2 inline-flex items-center gap-1.5 rounded-lg border px-1.5 py-0.5 text-[11.5px] sm:px-2 sm:text-[12.5px] ${cheat ? 'border-bad bg-card text-bad' : ghost ? 'border-line-strong border-dashed text-faint' : 'border-line-strong bg-card'}`}
      >
        {slice ? <Slice {...slice} /> : null}
        {share}
      </span>
    </section>
  )
}

/** A pie with one slice filled. */
function Slice({ at, of }: { at: number; of: number }) {
  const turn = (2 * Math.PI) / of
  const [x, y] = [8 + 6.25 * Math.sin(turn), 8 - 6.25 * Math.cos(turn)].map((length) => length.toFixed(3))
  return (
    <svg aria-hidden="true" viewBox="0 0 16 16" className="size-4 shrink-0">
      <circle cx="8" cy="8" r="6.25" fill="none" strokeWidth="1.5" className="stroke-line-strong" />
      <path
        d={`M8 8V1.75A6.25 6.25 0 0 1 ${x} ${y}Z`}
        transform={`rotate(${(360 / of) * at} 8 8)`}
        fill="currentColor"
      />
    </svg>
  )
}
