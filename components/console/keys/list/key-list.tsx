'use client'

import type { ConsoleKey, ConsoleKeys } from '#lib/contract/console.ts'
import type { Environment } from '#lib/contract/environment.ts'
import { Icon } from '../../../ui/icon.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { ChangeError } from '../../change-error.tsx'
import { consoleClient } from '../../console-client.ts'
import { LoadError } from '../../load-error.tsx'
import { LoadMore } from '../../load-more.tsx'
import { usePages } from '../../use-pages.ts'
import { KeyCard } from './key-card.tsx'
import type { OtherKeys } from './key-rotation.tsx'
import { sorted } from './key-state.ts'
import { KeysEmpty } from './keys-empty.tsx'
import { RotationReminder } from './rotation-reminder.tsx'

/** The keys of an environment: those that work, a page at a time, and folded away the latest that do not any more. */
export function KeyList({ environment }: { environment: Environment }) {
  const { items, first, more, error, again, reading } = usePages<ConsoleKey, ConsoleKeys>(
    { environment },
    (cursor) => consoleClient.keys.list(environment, cursor),
    { every: 30_000, keep: `keys ${environment}` },
  )
  if (!items) {
    return error ? (
      <LoadError error={error} onRetry={again} />
    ) : (
      <Skeleton label="Reading the keys" rows={3} height="h-40" />
    )
  }
  const { working, over } = sorted(items)
  const others = new Map(items.map((key) => [key.id, key]))
  return (
    <div className="space-y-4">
      <ChangeError error={error} />
      <RotationReminder due={first?.due ?? []} />
      {working.length ? (
        <Cards label={`${environment === 'live' ? 'Live' : 'Test'} keys`} keys={working} others={others} />
      ) : (
        <KeysEmpty environment={environment} before={over.length > 0} />
      )}
      <LoadMore more={more} reading={reading} className="" />
      {over.length ? (
        <details className="group">
          <summary className="inline-flex cursor-pointer list-none items-center gap-1.5 rounded-md py-1 font-medium text-[14px] text-soft hover:text-ink [&::-webkit-details-marker]:hidden">
            <Icon name="chevron" className="size-4 -rotate-90 transition-transform group-open:rotate-0" />
            Revoked and expired keys ({over.length})
          </summary>
          <div className="mt-3">
            <Cards label="Revoked and expired keys" keys={over} others={others} />
          </div>
        </details>
      ) : null}
    </div>
  )
}

interface CardsProps {
  label: string
  keys: readonly ConsoleKey[]
  others: OtherKeys
}

function Cards({ label, keys, others }: CardsProps) {
  return (
    <ul aria-label={label} className="space-y-3">
      {keys.map((key) => (
        <KeyCard key={key.id} item={key} others={others} />
      ))}
    </ul>
  )
}
