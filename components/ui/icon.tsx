const paths = {
  check: 'M3.5 8.5 6.5 11.5 12.5 4.75',
  cross: 'M4.5 4.5l7 7m0-7-7 7',
  chevron: 'M4 6.25 8 10.25 12 6.25',
  again: 'M13 8a5 5 0 1 1-1.6-3.7M13 2.5v2.75h-2.75',
  warning: 'M8 2.5 14 13H2L8 2.5Zm0 4v3m0 2v.01',
  info: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12Zm0-6.75V11M8 5v.01',
  sun: 'M8 10.75a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5ZM8 1.75v1M8 13.25v1M1.75 8h1M13.25 8h1M3.6 3.6l.7.7M11.7 11.7l.7.7M12.4 3.6l-.7.7M4.3 11.7l-.7.7',
  moon: 'M13.25 9.5A5.75 5.75 0 1 1 6.5 2.75 4.5 4.5 0 0 0 13.25 9.5Z',
  contrast: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 2.5v11M9.5 3v10M11 4v8M12.5 5.5v5',
  key: 'M6.25 9.75a3.25 3.25 0 1 1 2.2-2.2L13.5 2.5M11 5l2 2',
  list: 'M5.5 4h8M5.5 8h8M5.5 12h8M2.5 4v.01M2.5 8v.01M2.5 12v.01',
  outward: 'M5 11 11 5M6 5h5v5',
} as const

export type IconName = keyof typeof paths

/** A small line drawing in the text's colour. Decoration only: the words beside it carry the meaning. */
export function Icon({ name, className }: { name: IconName; className?: string }) {
  return <LineIcon d={paths[name]} className={className} />
}

/** The same of a path of its own, for a drawing that one late part alone has. */
export function LineIcon({ d, className = 'size-4' }: { d: string; className?: string | undefined }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={`shrink-0 ${className}`}
    >
      <path d={d} />
    </svg>
  )
}
