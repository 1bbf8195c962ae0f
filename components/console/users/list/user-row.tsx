import Link from 'next/link'
import type { ConsoleUser } from '#lib/contract/console-users.ts'
import type { Environment } from '#lib/contract/environment.ts'
import { Time } from '../../../ui/time.tsx'
import { Monogram } from '../monogram.tsx'
import { PasskeyIcon } from '../passkey-icon.tsx'
import { userPath } from '../paths.ts'
import { counted } from '../user-words.ts'

/** One user in the list; the whole row leads to their page. */
export function UserRow({ user, environment }: { user: ConsoleUser; environment: Environment }) {
  const { id, username, passkeys, passkeyCount, lastUsedAt, apps, createdAt } = user
  return (
    <li className="relative grid gap-x-4 gap-y-1.5 px-4 py-3 transition-colors hover:bg-sunk/60 sm:px-5 @3xl:grid-cols-[14rem_minmax(0,1fr)_8rem_3rem_7rem] @3xl:items-center">
      <div className="flex min-w-0 items-center gap-3">
        <Monogram name={username} />
        <div className="min-w-0">
          <Link
            href={userPath(id, environment)}
            prefetch={false}
            title={username}
            className="block truncate font-mono font-semibold text-[14px] after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
          >
            {username}
          </Link>
          <code className="block truncate font-mono text-[12px] text-faint">{id}</code>
        </div>
      </div>
      <div className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-1 text-[14px]">
        {passkeys.map((passkey) => (
          <span key={passkey.id} className="inline-flex min-w-0 items-center gap-1.5">
            <PasskeyIcon of={passkey} />
            <span className="truncate">{passkey.provider ?? passkey.name}</span>
            <span className="sr-only">, {passkey.deviceType === 'singleDevice' ? 'device-bound' : 'synced'}</span>
          </span>
        ))}
        {passkeyCount > passkeys.length ? (
          <span className="text-[13px] text-faint">and {passkeyCount - passkeys.length} more</span>
        ) : null}
      </div>
      <div className="flex flex-wrap gap-x-4 gap-y-0.5 @3xl:contents">
        <p className="text-[14px]">
          <span className="text-faint @3xl:sr-only">Last sign-in </span>
          {lastUsedAt ? <Time iso={lastUsedAt} /> : <span className="text-soft">never</span>}
        </p>
        <p className={`text-[14px] ${apps ? '' : '@max-3xl:hidden'}`}>
          <span className="@3xl:hidden">{counted(apps, 'app')} allowed</span>
          <span aria-hidden="true" className="hidden @3xl:inline">
            {apps || '–'}
          </span>
        </p>
        <p className="text-[13px] text-soft">
          <span className="text-faint @3xl:sr-only">Registered </span>
          <Time iso={createdAt} />
        </p>
      </div>
    </li>
  )
}
