'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { Environment } from '#lib/contract/environment.ts'
import type { KeyCreated } from '#lib/contract/keys.ts'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { useAlive } from '../../../ui/use-alive.ts'
import { PageHead } from '../../page-head.tsx'
import { KeySecret } from '../secret/key-secret.tsx'
import { CreateForm } from './create-form.tsx'

/** Makes a key: first what it is to be, then its secret, once. */
export function CreateKey({ environment }: { environment: Environment }) {
  const [created, set] = useState<KeyCreated>()
  // What is typed before the page is alive would be lost: the form comes with it.
  const alive = useAlive()
  const router = useRouter()
  if (!created) {
    return (
      <>
        <PageHead
          title="Create New Key"
          description="Say who will use it and what it may do. You will see the key once: have a place ready to store it."
        />
        {alive ? (
          <CreateForm environment={environment} onCreated={set} />
        ) : (
          <Skeleton label="Opening the form" rows={3} height="h-56" />
        )}
      </>
    )
  }
  return (
    <>
      <PageHead
        title="Store the key"
        description={`“${created.name}” is made. This is the only time that it is shown.`}
      />
      <KeySecret
        created={created}
        title="Your new key"
        onDone={() => router.push(`/console/keys?environment=${created.type}`)}
      />
    </>
  )
}
