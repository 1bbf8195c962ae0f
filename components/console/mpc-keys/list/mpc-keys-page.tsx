'use client'

import type { Environment } from '#lib/contract/environment.ts'
import { useQuery } from '../../../ui/use-query.ts'
import { PageHead } from '../../page-head.tsx'
import { MpcKeyFilter } from './mpc-key-filter.tsx'
import { MpcKeyList } from './mpc-key-list.tsx'
import { viewOf } from './mpc-keys-view.ts'

/** The keys of one environment's users: whose they are, who signs with whom, and whether they may. */
export function MpcKeysPage({ environment }: { environment: Environment }) {
  const [search, change] = useQuery()
  const view = viewOf(search)
  const filtered = Object.values(view).some(Boolean)
  const all = () => change({ q: '', frozen: '', user: '' })
  return (
    <>
      <PageHead
        title="MPC keys"
        description="Keys that your users make with the MPC server. Nobody holds one whole; you see what each is for, and stop it where you must."
      />
      <div className="space-y-4">
        <MpcKeyFilter view={view} onChange={change} onAll={filtered ? all : undefined} />
        <MpcKeyList key={environment} environment={environment} view={view} onAll={filtered ? all : undefined} />
      </div>
    </>
  )
}
