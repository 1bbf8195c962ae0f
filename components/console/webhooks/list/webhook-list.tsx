'use client'

import type { Environment } from '#lib/contract/environment.ts'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { ChangeError } from '../../change-error.tsx'
import { consoleClient } from '../../console-client.ts'
import { LoadError } from '../../load-error.tsx'
import { useData } from '../../use-data.ts'
import { WebhookCard } from './webhook-card.tsx'
import { WebhooksEmpty } from './webhooks-empty.tsx'

interface Props {
  environment: Environment
  example: string
}

/** Every endpoint of an environment, oldest first. */
export function WebhookList({ environment, example }: Props) {
  const { data, error, reload } = useData(() => consoleClient.webhooks.list(environment), [environment], {
    every: 10_000,
    keep: `webhooks ${environment}`,
  })
  if (!data) {
    return error ? (
      <LoadError error={error} onRetry={reload} />
    ) : (
      <Skeleton label="Reading the endpoints" rows={3} height="h-36" />
    )
  }
  return (
    <>
      <ChangeError error={error} />
      {data.data.length ? (
        <ul aria-label={`${environment === 'live' ? 'Live' : 'Test'} endpoints`} className="space-y-3">
          {data.data.map((webhook) => (
            <WebhookCard key={webhook.id} webhook={webhook} />
          ))}
        </ul>
      ) : (
        <WebhooksEmpty environment={environment} example={example} />
      )}
    </>
  )
}
