'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { Card } from '../../card.tsx'
import { ChangeError } from '../../change-error.tsx'
import { consoleClient } from '../../console-client.ts'
import { useShown } from '../../frame/use-environment.ts'
import { LoadError } from '../../load-error.tsx'
import { Fixed, Only } from '../../role.tsx'
import { useData } from '../../use-data.ts'
import { useTitle } from '../../use-title.ts'
import { BackToClients } from '../back-to-clients.tsx'
import { clientsPath } from '../paths.ts'
import { TryIt } from '../try-it/try-it.tsx'
import { UseClient } from '../use-client.tsx'
import { ClientAccess } from './client-access.tsx'
import { ClientFacts } from './client-facts.tsx'
import { ClientLook } from './client-look.tsx'
import { ClientRedirects } from './client-redirects.tsx'
import { ClientSecrets } from './client-secrets.tsx'
import { DeleteClient } from './delete-client.tsx'

/** One client: what it is, how to use it, and everything that can be changed of it. */
export function ClientPage({ id, baseUrl }: { id: string; baseUrl: string }) {
  const { data: client, error, reload } = useData(() => consoleClient.clients.read(id), [id], { every: 30_000 })
  useTitle(client?.name)
  useShown(client?.environment)
  const router = useRouter()
  const [secret, setSecret] = useState<string>()
  const [deleting, setDeleting] = useState(false)
  if (!client) {
    return error ? (
      <>
        <BackToClients />
        <h1 className="mt-2 font-semibold text-[24px] leading-8 tracking-tight">OAuth client</h1>
        <div className="mt-4">
          <LoadError error={error} onRetry={reload} />
        </div>
      </>
    ) : (
      <Skeleton label="Reading the client" rows={3} height="h-44" />
    )
  }
  const { name, type, environment } = client
  return (
    <>
      <BackToClients environment={environment} />
      <div className="mt-2 mb-5 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <h1 className="min-w-0 flex-1 basis-64 font-semibold text-[24px] leading-8 tracking-tight wrap-anywhere">
          {name}
        </h1>
        <Only least="developer" to="change this client">
          <Button look="small" className="text-bad! hover:border-bad!" onClick={() => setDeleting(true)}>
            Delete
          </Button>
        </Only>
      </div>
      <ChangeError error={error} className="mb-4" />
      <div className="space-y-4">
        <ClientFacts client={client} />
        <div className="grid items-start gap-4 xl:grid-cols-2 *:min-w-0">
          <div className="space-y-4">
            <ClientLook client={client} onChanged={reload} />
            <ClientRedirects client={client} onChanged={reload} />
            {type === 'confidential' ? (
              <Fixed least="developer">
                <ClientSecrets client={client} onChanged={reload} onMade={setSecret} />
              </Fixed>
            ) : null}
          </div>
          <ClientAccess client={client} onChanged={reload} />
        </div>
        <Card title="Use it">
          <UseClient client={client} />
        </Card>
        <TryIt client={client} baseUrl={baseUrl} secret={secret} onChanged={reload} />
      </div>
      <DeleteClient
        client={client}
        open={deleting}
        onClose={() => setDeleting(false)}
        onDeleted={() => router.push(clientsPath(environment))}
      />
    </>
  )
}
