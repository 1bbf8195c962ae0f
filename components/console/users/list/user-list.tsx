import type { ConsoleUserList as Answer, ConsoleUser } from '#lib/contract/console-users.ts'
import type { Environment } from '#lib/contract/environment.ts'
import { Button } from '../../../ui/button.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { ChangeError } from '../../change-error.tsx'
import { consoleClient } from '../../console-client.ts'
import { LoadError } from '../../load-error.tsx'
import { LoadMore } from '../../load-more.tsx'
import { usePages } from '../../use-pages.ts'
import { totalWords } from '../user-words.ts'
import { UserRow } from './user-row.tsx'
import { UsersEmpty } from './users-empty.tsx'

interface Props {
  environment: Environment
  /** What their names begin with; empty: anything. */
  username: string
  onAll: () => void
}

/** Users in rows, a page at a time. */
export function UserList({ environment, username, onAll }: Props) {
  const filter = { environment, ...(username.trim() ? { username } : {}) }
  const { items, first, more, error, again, loading, reading } = usePages<ConsoleUser, Answer>(
    filter,
    (cursor) => consoleClient.users.list({ ...filter, ...(cursor ? { cursor } : {}) }),
    { every: 30_000 },
  )
  if (!items) {
    if (error) return <LoadError error={error} onRetry={again} />
    return <Skeleton label="Reading the users" rows={6} height="h-14" />
  }
  const total = first?.total ?? items.length
  return (
    <>
      <ChangeError error={error} />
      <p role="status" className={items.length ? 'text-[13px] text-soft' : 'sr-only'}>
        {items.length < total ? `${items.length.toLocaleString('en')} of ` : ''}
        {items.length < total && total > 1_000 ? 'more than 1,000 users' : totalWords(total)}
      </p>
      {items.length ? (
        <div
          aria-busy={loading}
          className={`@container overflow-hidden rounded-card border border-line bg-card shadow-lift transition-opacity ${loading && !first ? 'opacity-55' : ''}`}
        >
          <div
            aria-hidden="true"
            className="hidden grid-cols-[14rem_minmax(0,1fr)_8rem_3rem_7rem] gap-x-4 border-line border-b px-5 py-2 text-[13px] text-faint @3xl:grid"
          >
            <span>User</span>
            <span>Passkeys</span>
            <span>Last sign-in</span>
            <span>Apps</span>
            <span>Registered</span>
          </div>
          <ul aria-label={`${environment === 'live' ? 'Live' : 'Test'} users`} className="divide-y divide-line">
            {items.map((user) => (
              <UserRow key={user.id} user={user} environment={environment} />
            ))}
          </ul>
        </div>
      ) : username ? (
        <Empty
          title="Nobody is called that"
          action={
            <Button look="secondary" onClick={onAll}>
              Show everyone
            </Button>
          }
        >
          No {environment} username begins with “{username}”. Upper and lower case differ, and the search looks at the
          beginning of names alone.
        </Empty>
      ) : (
        <UsersEmpty environment={environment} />
      )}
      <LoadMore more={more} reading={reading} className="" />
    </>
  )
}
