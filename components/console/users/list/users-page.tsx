'use client'

import type { Environment } from '#lib/contract/environment.ts'
import { useQuery } from '../../../ui/use-query.ts'
import { PageHead } from '../../page-head.tsx'
import { SearchField } from '../../search-field.tsx'
import { UserList } from './user-list.tsx'

/** The users of one environment, newest first, or by name those that the address looks for. */
export function UsersPage({ environment }: { environment: Environment }) {
  const [search, change] = useQuery()
  const username = (search.get('username') ?? '').slice(0, 64)
  return (
    <>
      <PageHead title="Users" description={`Everyone who has a ${environment} passkey here, the newest first.`} />
      <div className="space-y-4">
        <search aria-label="Filter" className="block max-w-md">
          <SearchField
            id="users-search"
            hint="name begins with…"
            text={username}
            onSearch={(text) => change({ username: text }, { replace: true })}
          />
        </search>
        <UserList
          key={environment}
          environment={environment}
          username={username}
          onAll={() => change({ username: '' })}
        />
      </div>
    </>
  )
}
