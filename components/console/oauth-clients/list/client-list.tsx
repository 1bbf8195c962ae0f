'use client'

import type { Environment } from '#lib/contract/environment.ts'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { ChangeError } from '../../change-error.tsx'
import { consoleClient } from '../../console-client.ts'
import { LoadError } from '../../load-error.tsx'
import { useData } from '../../use-data.ts'
import { ClientCard } from './client-card.tsx'
import { ClientsEmpty } from './clients-empty.tsx'

/** Every client of an environment, oldest first. */
export function ClientList({ environment }: { environment: Environment }) {
  const { data, error, reload } = useData(() => consoleClient.clients.list(environment), [environment], {
    every: 30_000,
    keep: `clients ${environment}`,
  })
  if (!data) {
    return error ? (
      <LoadError error={error} onRetry={reload} />
    ) : (
      <Skeleton label="Reading the clients" rows={3} height="h-36" />
    )
  }
  return (
    <>
      <ChangeError error={error} />
      {data.data.length ? (
        <ul aria-label={`${environment === 'live' ? 'Live' : 'Test'} OAuth clients`} className="space-y-3">
          {data.data.map((client) => (
            <ClientCard key={client.clientId} client={client} />
          ))}
        </ul>
      ) : (
        <ClientsEmpty environment={environment} />
      )}
    </>
  )
}
