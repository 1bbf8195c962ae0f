'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { Environment } from '#lib/contract/environment.ts'
import type { ClientCreated } from '#lib/contract/oauth.ts'
import { CreationPage } from '../../creation/creation-page.tsx'
import { clientPath } from '../paths.ts'
import { ClientMade } from './client-made.tsx'
import { CreateForm } from './create-form.tsx'

/** Makes a client: first what it is to be, then its id, its secret once, and how to begin. */
export function CreateClient({ environment }: { environment: Environment }) {
  const [created, set] = useState<ClientCreated>()
  const router = useRouter()
  if (created) return <ClientMade created={created} onDone={() => router.push(clientPath(created.clientId))} />
  return (
    <CreationPage
      title="Create client"
      description="Say which app it is, how it gets tokens and what it may ask people for. All but its type and environment can be changed later."
    >
      <CreateForm environment={environment} onCreated={set} />
    </CreationPage>
  )
}
