'use client'

import type { Environment } from '#lib/contract/environment.ts'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { BackLink } from '../../back-link.tsx'
import { ChangeError } from '../../change-error.tsx'
import { consoleClient } from '../../console-client.ts'
import { LoadError } from '../../load-error.tsx'
import { useData } from '../../use-data.ts'
import { useTitle } from '../../use-title.ts'
import { away } from '../away.ts'
import { nameOf } from '../mpc-key-words.ts'
import { mpcKeysPath } from '../paths.ts'
import { MpcKeyFacts } from './mpc-key-facts.tsx'
import { MpcKeyFreeze } from './mpc-key-freeze.tsx'
import { MpcKeyShares } from './mpc-key-shares.tsx'

interface Props {
  id: string
  environment: Environment
}

/** One key: what it is, who signs with whom, and the way to stop it. */
export function MpcKeyPage({ id, environment }: Props) {
  const read = () => consoleClient.mpcKeys.read(id, environment)
  const { data: key, error, reload } = useData(read, [id, environment], { every: 30_000 })
  useTitle(key && nameOf(key))
  const title = key ? nameOf(key) : 'MPC key'
  return (
    <>
      <BackLink href={mpcKeysPath(environment)}>{environment === 'live' ? 'Live MPC keys' : 'Test MPC keys'}</BackLink>
      <h1 className="mt-2 mb-5 font-semibold text-[24px] leading-8 tracking-tight wrap-anywhere">{title}</h1>
      {key ? (
        <div className="space-y-4">
          <ChangeError error={error && away(error)} />
          <MpcKeyFacts of={key} />
          <div className="grid items-start gap-4 xl:grid-cols-2 *:min-w-0">
            <MpcKeyFreeze of={key} onChanged={reload} />
            <MpcKeyShares of={key} />
          </div>
        </div>
      ) : error ? (
        <LoadError error={away(error)} onRetry={reload} />
      ) : (
        <Skeleton label="Reading the key" rows={3} height="h-36" />
      )}
    </>
  )
}
