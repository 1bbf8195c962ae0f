import type { ReactNode } from 'react'

const tones = {
  warn: 'bg-warn-wash text-warn',
  bad: 'bg-bad-wash text-bad',
  ok: 'bg-ok-wash text-ok',
  plain: 'bg-sunk text-soft',
} as const

/** A short word with a meaning in its colour: amber is test, red is live or refused, green is verified. */
export function Badge({ tone = 'plain', children }: { tone?: keyof typeof tones; children: ReactNode }) {
  return (
    <span
      className={`inline-block rounded-full px-2 py-1 font-semibold text-[11px] uppercase leading-none tracking-wider ${tones[tone]}`}
    >
      {children}
    </span>
  )
}
