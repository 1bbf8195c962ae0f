'use client'

import { useEffect, useState } from 'react'
import { copyText } from './copy-text.ts'

interface Props {
  text: string
  /** The accessible name, beginning with Copy: “Copy token”. Suites rely on it: it is the same after a press. */
  label: string
  /** Only the icon, for rows of tables. */
  small?: boolean
  /** What the button says, where several stand side by side: words of its label. */
  shown?: string
}

/**
 * Copies `text`, and says for two seconds what came of it. That lies over the button and is no part of it, so that what the
 * button says stays in its name, and a screen reader hears the outcome alone.
 */
export function CopyButton({ text, label, small = false, shown = 'Copy' }: Props) {
  const [outcome, setOutcome] = useState<'copied' | 'failed'>()

  useEffect(() => {
    if (!outcome) return
    const timer = setTimeout(() => setOutcome(undefined), 2_000)
    return () => clearTimeout(timer)
  }, [outcome])

  const said = outcome === 'copied' ? 'Copied' : outcome === 'failed' ? 'Not copied' : undefined
  const colour = outcome === 'copied' ? 'text-ok' : outcome === 'failed' ? 'text-bad' : 'text-soft hover:text-ink'
  const icon = <Icon done={outcome === 'copied'} />

  return (
    <span className="relative inline-grid shrink-0 *:[grid-area:1/1]">
      <button
        type="button"
        aria-label={label}
        title={small ? (said ?? label) : undefined}
        className={`cursor-pointer transition-colors ${small ? 'size-6 justify-center rounded-md hover:bg-sunk' : `${box} hover:border-line-strong`} ${line} ${colour}`}
        onClick={async () => setOutcome((await copyText(text)) ? 'copied' : 'failed')}
      >
        {icon}
        {small ? null : shown}
      </button>
      <span aria-live="polite" className={said && !small ? `pointer-events-none ${box} ${line} ${colour}` : 'sr-only'}>
        {said && !small ? icon : null}
        {said}
      </span>
    </span>
  )
}

const box = 'h-7 gap-1.5 rounded-lg border border-line bg-card px-2'
const line = 'inline-flex items-center whitespace-nowrap font-medium text-[13px]'

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
