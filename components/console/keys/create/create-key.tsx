'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { Environment } from '#lib/contract/environment.ts'
import type { KeyCreated } from '#lib/contract/keys.ts'
import { CreationPage } from '../../creation/creation-page.tsx'
import { PageHead } from '../../page-head.tsx'
import { KeySecret } from '../secret/key-secret.tsx'
import { CreateForm } from './create-form.tsx'

/** Makes a key: first what it is to be, then its secret, once. */
export function CreateKey({ environment }: { environment: Environment }) {
  const [created, set] = useState<KeyCreated>()
  const router = useRouter()
  if (!created) {
    return (
      <CreationPage
        title="Create New Key"
        description="Say who will use it and what it may do. You will see the key once: have a place ready to store it."
      >
        <CreateForm environment={environment} onCreated={set} />
      </CreationPage>
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
