'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { smallLink } from '../../../ui/button.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import type { AuditWords } from '../../audit/audit-words.ts'
import { BackLink } from '../../back-link.tsx'
import { ChangeError } from '../../change-error.tsx'
import { consoleClient } from '../../console-client.ts'
import { useShown } from '../../frame/use-environment.ts'
import { LoadError } from '../../load-error.tsx'
import { useData } from '../../use-data.ts'
import { useTitle } from '../../use-title.ts'
import { usersPath } from '../paths.ts'
import { UserApps } from './user-apps.tsx'
import { UserFigures } from './user-figures.tsx'
import { UserHead } from './user-head.tsx'
import { UserMpcKeys } from './user-mpc-keys.tsx'
import { UserPasskeys } from './user-passkeys.tsx'
import { UserSessions } from './user-sessions.tsx'
import { UserTimeline } from './user-timeline.tsx'

/** One user: what they sign in with, where they are signed in, whom they let in, and what happened. */
export function UserPage({ id, words }: { id: string; words: AuditWords }) {
  const { data: user, error, reload } = useData(() => consoleClient.users.read(id), [id], { every: 30_000 })
  // Only with its environment is a key found: that comes with the user.
  const environment = user?.environment
  const mpc = useData(
    async () => (environment ? consoleClient.mpcKeys.list({ environment, user: id, limit: 100 }) : undefined),
    [id, environment],
  )
  useShown(environment)
  useTitle(user?.username)
  const router = useRouter()
  if (!user) {
    return (
      <>
        <BackLink href={usersPath('test')}>Users</BackLink>
        <h1 className="mt-2 mb-5 font-semibold text-[24px] leading-8 tracking-tight">User</h1>
        {error?.code === 'not_found' ? (
          <Empty
            title="There is no such user"
            action={
              <Link href={`/console/audit?user=${encodeURIComponent(id)}`} prefetch={false} className={smallLink}>
                In the audit log
              </Link>
            }
          >
            They were deleted, or the address names nobody of this tenant. What happened to them stays in the audit log.
          </Empty>
        ) : error ? (
          <LoadError error={error} onRetry={reload} />
        ) : (
          <Skeleton label="Reading the user" rows={3} height="h-36" />
        )}
      </>
    )
  }
  const mpcKeys = mpc.error ? undefined : mpc.data
  return (
    <>
      <BackLink href={usersPath(user.environment)}>
        {user.environment === 'live' ? 'Live users' : 'Test users'}
      </BackLink>
      <UserHead
        user={user}
        mpcKeys={mpcKeys?.total}
        onChanged={reload}
        onDeleted={() => router.push(usersPath(user.environment))}
      />
      <ChangeError error={error} className="mb-4" />
      <UserFigures user={user} mpcKeys={mpcKeys} />
      <div className="mt-4 grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_minmax(0,28rem)] *:min-w-0">
        <div className="space-y-4">
          <UserPasskeys
            user={user}
            mpcKeys={mpcKeys?.total}
            onChanged={reload}
            onDeleted={() => router.push(usersPath(user.environment))}
          />
          <UserSessions user={user} onChanged={reload} />
          <UserApps user={user} onChanged={reload} />
          <UserMpcKeys user={user} keys={mpcKeys} error={mpc.error} />
        </div>
        <UserTimeline user={user} words={words} />
      </div>
    </>
  )
}
