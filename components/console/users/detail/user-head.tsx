import Link from 'next/link'
import { useState } from 'react'
import type { ConsoleUserDetail } from '#lib/contract/console-users.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button, smallLink } from '../../../ui/button.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { Time } from '../../../ui/time.tsx'
import { Confirm } from '../../confirm.tsx'
import { useMay } from '../../role.tsx'
import { Monogram } from '../monogram.tsx'
import { logsPath } from '../paths.ts'
import { counted } from '../user-words.ts'
import { DeleteUser } from './delete-user.tsx'

interface Props {
  user: ConsoleUserDetail
  /** How many MPC keys they have; undefined while nobody knows. */
  mpcKeys: number | undefined
  onChanged: () => Promise<void>
  onDeleted: () => void
}

/** Who it is, and what can be done with the whole of them. */
export function UserHead({ user, mpcKeys, onChanged, onDeleted }: Props) {
  const { id, username, displayName, environment, createdAt, sessions } = user
  const [asking, ask] = useState<'end' | 'delete'>()
  const may = useMay('developer')
  return (
    <div className="mt-2 mb-5 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
      <div className="flex min-w-0 flex-1 basis-72 items-center gap-3.5">
        <Monogram name={username} className="size-12 text-[20px]" />
        <div className="min-w-0">
          <h1 className="flex flex-wrap items-center gap-x-2.5 font-semibold text-[24px] leading-8 tracking-tight">
            <span className="min-w-0 wrap-anywhere">{username}</span>
            <Badge tone={environment === 'live' ? 'bad' : 'warn'}>{environment}</Badge>
          </h1>
          <p className="flex flex-wrap items-center gap-x-3 text-[14px] text-soft">
            <span className="inline-flex min-w-0 items-center gap-x-1.5">
              <code className="min-w-0 font-mono text-[13px] wrap-anywhere">{id}</code>
              <CopyButton small text={id} label="Copy user id" />
            </span>
            {displayName === username ? null : <span className="wrap-anywhere">{displayName}</span>}
            <span>
              registered <Time iso={createdAt} />
            </span>
          </p>
        </div>
      </div>
      <div className="flex flex-wrap gap-2.5">
        <Link href={logsPath(environment, { user: username })} prefetch={false} className={smallLink}>
          Logs of {username}
        </Link>
        {may ? (
          <>
            <Button
              look="small"
              disabled={sessions.length === 0}
              className="disabled:opacity-55"
              onClick={() => ask('end')}
            >
              End all sessions
            </Button>
            <Button look="small" className="text-bad! hover:border-bad!" onClick={() => ask('delete')}>
              Delete user…
            </Button>
          </>
        ) : (
          <p className="self-center text-[13px] text-soft">
            A developer or an owner can end sessions and delete users.
          </p>
        )}
      </div>
      <Confirm
        open={asking === 'end'}
        onClose={() => ask(undefined)}
        fresh={environment === 'live'}
        title={`End ${sessions.length === 1 ? 'the session' : 'all sessions'} of ${username}?`}
        action="End sessions"
        onConfirm={async (api) => {
          await api.users.endSessions(id)
          await onChanged()
        }}
      >
        <p>
          {counted(sessions.length, 'browser')} {sessions.length === 1 ? 'is' : 'are'} signed out of this server’s pages
          at once. {username} can sign in again.
        </p>
        <p className="text-soft">
          Apps that {username} allowed go on until their rights are revoked. A token that your own backend was given
          works until it expires, or until its passkey is deleted.
        </p>
      </Confirm>
      <DeleteUser
        user={user}
        mpcKeys={mpcKeys}
        open={asking === 'delete'}
        onClose={() => ask(undefined)}
        onDeleted={onDeleted}
      />
    </div>
  )
}
