'use client'

import { useEffect, useState } from 'react'
import { copyText } from './copy-text.ts'

interface Props {
  text: string
  /** The accessible name, beginning with Copy: “Copy token”. It does not change while the button says Copied. */
  label: string
  /** Only the icon, for rows of tables. */
  small?: boolean
  /** What the button says, where several stand side by side. */
  shown?: string
}

/** Copies `text`, says so for two seconds, and tells a screen reader politely. */
export function CopyButton({ text, label, small = false, shown = 'Copy' }: Props) {
  const [outcome, setOutcome] = useState<'copied' | 'failed'>()

  useEffect(() => {
    if (!outcome) return
    const timer = setTimeout(() => setOutcome(undefined), 2_000)
    return () => clearTimeout(timer)
  }, [outcome])

  const said = outcome === 'copied' ? 'Copied' : outcome === 'failed' ? 'Not copied' : undefined
  const shape = small
    ? 'size-6 justify-center rounded-md hover:bg-sunk'
    : 'h-7 gap-1.5 rounded-lg border border-line bg-card px-2 hover:border-line-strong'
  const colour = outcome === 'copied' ? 'text-ok' : outcome === 'failed' ? 'text-bad' : 'text-soft hover:text-ink'

  return (
    <>
      <button
        type="button"
        aria-label={label}
        title={small ? (said ?? label) : undefined}
        className={`inline-flex shrink-0 cursor-pointer items-center whitespace-nowrap font-medium text-[13px] transition-colors ${shape} ${colour}`}
        onClick={async () => setOutcome((await copyText(text)) ? 'copied' : 'failed')}
      >
        <Icon done={outcome === 'copied'} />
        {!small && (said ?? shown)}
      </button>
      <span aria-live="polite" className="sr-only">
        {said}
      </span>
    </>
  )
}

function Icon({ done }: { done: boolean }) {
  return (
    <svg
      width="14"
      height="14"
      viewBox="0 0 14 14"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      aria-hidden="true"
    >
      {done ? (
        <path d="m2.5 7.5 3 3 6-7" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" />
      ) : (
        <>
          <rect x="4.7" y="4.7" width="7.6" height="7.6" rx="1.8" />
          <path d="M9.3 2.6a1 1 0 0 0-1-.9H3a1.3 1.3 0 0 0-1.3 1.3v5.3a1 1 0 0 0 .9 1" strokeLinecap="round" />
        </>
      )}
    </svg>
  )
}
