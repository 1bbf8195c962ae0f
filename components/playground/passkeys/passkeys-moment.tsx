'use client'

import { exactTime } from '../token/token-time.ts'
import { useNow } from '../use-now.ts'

const units: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

/** A moment as people say it, “3 minutes ago”, kept current; the exact time is its title. */
export function PasskeysMoment({ iso }: { iso: string }) {
  const now = useNow(30_000) ?? Date.now()
  const at = Date.parse(iso)
  return (
    <time dateTime={iso} title={exactTime(at)}>
      {relative((at - now) / 1_000)}
    </time>
  )
}

function relative(seconds: number): string {
  const unit = units.find(([, size]) => Math.abs(seconds) >= size)
  if (!unit) return 'just now'
  return new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(Math.round(seconds / unit[1]), unit[0])
}
