import type { Environment } from '#lib/contract/environment.ts'
import type { MpcKeyList as Answer, MpcKeyView } from '#lib/contract/mpc-keys.ts'
import { Button } from '../../../ui/button.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { ChangeError } from '../../change-error.tsx'
import { consoleClient } from '../../console-client.ts'
import { LoadError } from '../../load-error.tsx'
import { LoadMore } from '../../load-more.tsx'
import { usePages } from '../../use-pages.ts'
import { away } from '../away.ts'
import { MpcKeysEmpty } from './mpc-keys-empty.tsx'
import { filterOf, type MpcKeysView } from './mpc-keys-view.ts'
import { MpcUser } from './mpc-user.tsx'

interface Props {
  environment: Environment
  view: MpcKeysView
  /** Takes every filter away; undefined while there is none. */
  onAll: (() => void) | undefined
}

/** The keys that a filter lets through, under their users; who made a key last stands first. */
export function MpcKeyList({ environment, view, onAll }: Props) {
  const filter = { environment, ...filterOf(view) }
  const { items, first, more, error, again, loading, reading } = usePages<MpcKeyView, Answer>(filter, (cursor) =>
    consoleClient.mpcKeys.list({ ...filter, ...(cursor ? { cursor } : {}) }),
  )
  if (!items) {
    if (error) return <LoadError error={away(error)} onRetry={again} />
    return <Skeleton label="Reading the keys" rows={3} height="h-36" />
  }
  const total = first?.total ?? items.length
  const users = Object.entries(Object.groupBy(items, ({ user }) => user.id))
  return (
    <>
      <ChangeError error={error && away(error)} />
      <p role="status" className={items.length ? 'text-[13px] text-soft' : 'sr-only'}>
        {loading ? 'Reading the keys' : countWords(items.length, total)}
      </p>
      <div aria-busy={loading} className={`space-y-6 transition-opacity ${loading ? 'opacity-55' : ''}`}>
        {users.map(([id, keys = []]) => (
          <MpcUser key={id} keys={keys} />
        ))}
        {items.length ? null : onAll ? (
          <Empty
            title="Nothing like that was found"
            action={
              <Button look="secondary" onClick={onAll}>
                Show everything
              </Button>
            }
          >
            No {environment} key fits this filter. The search takes a whole key id, or what a label or username begins
            with; a part of them is looked for among the newest 2,000.
          </Empty>
        ) : (
          <MpcKeysEmpty environment={environment} />
        )}
      </div>
      <LoadMore more={more} reading={reading} className="" />
    </>
  )
}

function countWords(shown: number, total: number): string {
  if (total > 1_000) return `${shown.toLocaleString('en')} of more than 1,000 keys`
  if (shown < total) return `${shown} of ${total.toLocaleString('en')} keys`
  return total === 1 ? '1 key' : `${total.toLocaleString('en')} keys`
}
