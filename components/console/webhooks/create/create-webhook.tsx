'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { Environment } from '#lib/contract/environment.ts'
import type { WebhookCreated } from '#lib/contract/webhooks.ts'
import { CreationPage } from '../../creation/creation-page.tsx'
import { PageHead } from '../../page-head.tsx'
import { webhookPath } from '../paths.ts'
import { WebhookSecret } from '../verify/webhook-secret.tsx'
import { CreateForm } from './create-form.tsx'
import { SecretLost } from './secret-lost.tsx'

/** Makes an endpoint: first where it is and what it is told of, then its secret, once, with code that verifies by it. */
export function CreateWebhook({ environment }: { environment: Environment }) {
  const [made, set] = useState<{ created: WebhookCreated; environment: Environment }>()
  const router = useRouter()
  if (!made) {
    return (
      <CreationPage
        title="Create endpoint"
        description="Say where the events go and which. You will see the signing secret once: have a place ready to store it. All but the environment can be changed later."
      >
        <CreateForm environment={environment} onCreated={(created, its) => set({ created, environment: its })} />
      </CreationPage>
    )
  }
  const { created } = made
  if (created.secret === undefined) return <SecretLost created={created} />
  return (
    <>
      <PageHead
        title="Store the secret"
        description="The endpoint is made. With its signing secret your server tells its requests from forged ones."
      />
      <WebhookSecret
        title="The signing secret"
        environment={made.environment}
        secret={created.secret}
        publicKey={created.publicKey}
        onDone={() => router.push(webhookPath(created.id))}
      />
    </>
  )
}
