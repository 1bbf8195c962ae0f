'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { Environment } from '#lib/contract/environment.ts'
import type { ClientCreated } from '#lib/contract/oauth.ts'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { useAlive } from '../../../ui/use-alive.ts'
import { PageHead } from '../../page-head.tsx'
import { clientPath } from '../paths.ts'
import { ClientMade } from './client-made.tsx'
import { CreateForm } from './create-form.tsx'

/** Makes a client: first what it is to be, then its id, its secret once, and how to begin. */
export function CreateClient({ environment }: { environment: Environment }) {
  const [created, set] = useState<ClientCreated>()
  // What is typed before the page is alive would be lost: the form comes with it.
  const alive = useAlive()
  const router = useRouter()
  if (created) return <ClientMade created={created} onDone={() => router.push(clientPath(created.clientId))} />
  return (
    <>
      <PageHead
        title="Create client"
        description="Say which app it is, how it gets tokens and what it may ask people for. All but its type and environment can be changed later."
      />
      {alive ? (
        <CreateForm environment={environment} onCreated={set} />
      ) : (
        <Skeleton label="Opening the form" rows={3} height="h-56" />
      )}
    </>
  )
}
