import Link from 'next/link'
import { useId } from 'react'
import type { MpcKeyView } from '#lib/contract/mpc-keys.ts'
import { userName } from '../mpc-key-words.ts'
import { mpcKeysPath } from '../paths.ts'
import { MpcKeyCard } from './mpc-key-card.tsx'

/** A user, and those of their keys that are shown. */
export function MpcUser({ keys }: { keys: readonly MpcKeyView[] }) {
  const id = useId()
  const [first] = keys
  if (!first) return null
  const { user, environment } = first
  return (
    <section aria-labelledby={id}>
      <div className="mb-2 flex flex-wrap items-baseline gap-x-2.5">
        <h2 id={id} className="font-semibold text-[16px] leading-6">
          <Link
            href={mpcKeysPath(environment, user.id)}
            prefetch={false}
            className="wrap-anywhere underline-offset-4 hover:underline"
          >
            {userName(first)}
          </Link>
        </h2>
        <code className="font-mono text-[13px] text-faint wrap-anywhere">{user.id}</code>
      </div>
      <ul aria-label={`Keys of ${userName(first)}`} className="space-y-3">
        {keys.map((key) => (
          <MpcKeyCard key={key.id} of={key} />
        ))}
      </ul>
    </section>
  )
}
