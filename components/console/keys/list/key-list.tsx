'use client'

import type { ConsoleKey } from '#lib/contract/console.ts'
import type { Environment } from '#lib/contract/environment.ts'
import { Icon } from '../../../ui/icon.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { ChangeError } from '../../change-error.tsx'
import { consoleClient } from '../../console-client.ts'
import { LoadError } from '../../load-error.tsx'
import { useData } from '../../use-data.ts'
import { KeyCard } from './key-card.tsx'
import type { OtherKeys } from './key-rotation.tsx'
import { sorted } from './key-state.ts'
import { KeysEmpty } from './keys-empty.tsx'
import { RotationReminder } from './rotation-reminder.tsx'

/** Every key of an environment: those that work, and folded away those that do not any more. */
export function KeyList({ environment }: { environment: Environment }) {
  const { data, error, reload } = useData(() => consoleClient.keys.list(environment), [environment], {
    every: 30_000,
    keep: `keys ${environment}`,
  })
  if (!data) {
    return error ? (
      <LoadError error={error} onRetry={reload} />
    ) : (
      <Skeleton label="Reading the keys" rows={3} height="h-40" />
    )
  }
  const { working, over } = sorted(data.data)
  const others = new Map(data.data.map((key) => [key.id, key]))
  return (
    <div className="space-y-4">
      <ChangeError error={error} />
      <RotationReminder keys={working} />
      {working.length ? (
        <Cards label={`${environment === 'live' ? 'Live' : 'Test'} keys`} keys={working} others={others} />
      ) : (
        <KeysEmpty environment={environment} before={over.length > 0} />
      )}
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
