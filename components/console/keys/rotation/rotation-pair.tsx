import Link from 'next/link'
import type { ConsoleKey, KeyAddresses } from '#lib/contract/console.ts'
import { Time } from '../../../ui/time.tsx'
import { StateBadge } from '../key-badges.tsx'
import type { Rotation } from './use-rotation.ts'

/** The old key and the new one, side by side: which is used, and from where. */
export function RotationPair({ data: { item, successor, seen } }: { data: Rotation }) {
  return (
    <div className="grid gap-4 md:grid-cols-2">
      <Side title="Old key" item={item} seen={seen.item} />
      {successor ? <Side title="New key" item={successor} seen={seen.successor} /> : null}
    </div>
  )
}

function Side({ title, item, seen }: { title: string; item: ConsoleKey; seen: KeyAddresses['data'] }) {
  const [latest] = seen
  return (
    <section aria-label={title} className="min-w-0 rounded-card border border-line bg-card p-4 shadow-lift">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="font-semibold">
          <Link href={`/console/keys/${item.id}`} prefetch={false} className="underline-offset-4 hover:underline">
            {title}
          </Link>
        </h2>
        <StateBadge item={item} />
      </div>
      <code className="mt-0.5 block font-mono text-[13px] text-soft wrap-anywhere">{item.hint}</code>
      <dl className="mt-3 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 border-line border-t pt-3 text-[13px]">
        <dt className="text-faint">Last used</dt>
        <dd>
          {item.lastUsedAt ? <Time iso={item.lastUsedAt} /> : 'never'}
          {latest ? (
            <>
              {' '}
              from <code className="font-mono wrap-anywhere">{latest.address ?? 'an unknown address'}</code>
            </>
          ) : null}
        </dd>
        <dt className="text-faint">Ends</dt>
        <dd>
          {item.revokedAt ? (
            <>
              revoked <Time iso={item.revokedAt} />
            </>
          ) : item.expiresAt ? (
            <Time iso={item.expiresAt} />
          ) : (
            'never'
          )}
        </dd>
      </dl>
    </section>
  )
}
