'use client'

import { exactTime, relativeTime } from './relative-time.ts'
import { useNow } from './use-now.ts'

/** A moment as people say it, “3 minutes ago”, kept current; the exact time is its title. */
export function Time({ iso }: { iso: string }) {
  const at = Date.parse(iso)
  const now = useNow(30_000) ?? Date.now()
  return (
    <time dateTime={iso} title={exactTime(at)} className="whitespace-nowrap" suppressHydrationWarning>
      {relativeTime(at, now)}
    </time>
  )
}
