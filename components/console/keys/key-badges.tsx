'use client'

import type { ConsoleKey } from '#lib/contract/console.ts'
import { Badge } from '../../ui/badge.tsx'
import { useNow } from '../../ui/use-now.ts'
import { stateOf } from './list/key-state.ts'

/** Which of the two worlds a key belongs to. */
export function TypeBadge({ type }: { type: ConsoleKey['type'] }) {
  return <Badge tone={type === 'live' ? 'bad' : 'warn'}>{type}</Badge>
}

/** Whether a key works, in words and colour. */
export function StateBadge({ item }: { item: Pick<ConsoleKey, 'status' | 'expiresAt'> }) {
  const { words, tone } = stateOf(item, useNow(30_000) ?? Date.now())
  const ink = { ok: 'text-ok', warn: 'text-warn', bad: 'text-bad' }[tone]
  const dot = { ok: 'bg-ok', warn: 'bg-warn', bad: 'bg-bad' }[tone]
  return (
    <span className={`inline-flex items-center gap-1.5 whitespace-nowrap font-medium text-[13px] ${ink}`}>
      <span aria-hidden="true" className={`size-2 rounded-full ${dot}`} />
      {words}
    </span>
  )
}
