'use client'

import { useState } from 'react'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { BackLink } from '../../back-link.tsx'
import { Card } from '../../card.tsx'
import { ChangeError } from '../../change-error.tsx'
import { consoleClient } from '../../console-client.ts'
import { useShown } from '../../frame/use-environment.ts'
import { LoadError } from '../../load-error.tsx'
import { useData } from '../../use-data.ts'
import { useTitle } from '../../use-title.ts'
import { DeliveryLog } from '../log/delivery-log.tsx'
import { webhooksPath } from '../paths.ts'
import { VerifyCode } from '../verify/verify-code.tsx'
import { WebhookSecret } from '../verify/webhook-secret.tsx'
import { ToldOf } from './told-of.tsx'
import { WebhookFacts } from './webhook-facts.tsx'
import { WebhookHead } from './webhook-head.tsx'
import { WebhookNotice } from './webhook-notice.tsx'

/** One endpoint: how it does, its log as it grows, and everything that can be changed of it. */
export function WebhookPage({ id }: { id: string }) {
  const [leaving, leave] = useState(false)
  const {
    data: webhook,
    error,
    reload,
  } = useData(() => consoleClient.webhooks.read(id), [id], leaving ? {} : { every: 3_000 })
  const [secret, show] = useState<string>()
  useTitle(webhook && (webhook.description || webhook.url))
  useShown(webhook?.environment)
  if (!webhook) {
    return error ? (
      <>
        <BackLink href={webhooksPath('test')}>Webhooks</BackLink>
        <h1 className="mt-2 font-semibold text-[24px] leading-8 tracking-tight">Webhook endpoint</h1>
        <div className="mt-4">
          <LoadError error={error} onRetry={reload} />
        </div>
      </>
    ) : (
      <Skeleton label="Reading the endpoint" rows={3} height="h-32" />
    )
  }
  const { environment, publicKey } = webhook
  return (
    <>
      <BackLink href={webhooksPath(environment)}>{environment === 'live' ? 'Live webhooks' : 'Test webhooks'}</BackLink>
      <WebhookHead webhook={webhook} onChanged={reload} onLeaving={leave} />
      <div className="space-y-4">
        <ChangeError error={error} />
        <WebhookNotice webhook={webhook} />
        {secret === undefined ? null : (
          <WebhookSecret
            title="The new signing secret"
            environment={environment}
            secret={secret}
            publicKey={publicKey}
            note="Until it is deployed everywhere, nothing breaks: for 24 hours each request carries a signature of the secret before, too. The public key stays."
            onDone={() => show(undefined)}
          />
        )}
        <WebhookFacts webhook={webhook} onRotated={show} onChanged={reload} />
        <ToldOf webhook={webhook} onChanged={reload} />
        {leaving ? null : <DeliveryLog webhookId={id} enabled={webhook.enabled} />}
        {secret === undefined ? (
          <div id="verify">
            <Card
              title="Verify in code"
              note="So that your server takes nobody’s word but this one’s: complete programs, with the secret in an environment variable."
            >
              <VerifyCode publicKey={publicKey} />
            </Card>
          </div>
        ) : null}
      </div>
    </>
  )
}
