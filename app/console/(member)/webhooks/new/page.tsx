import type { Metadata } from 'next'
import { OnlyPage } from '../../../../../components/console/only-page.tsx'
import { CreateWebhook } from '../../../../../components/console/webhooks/create/create-webhook.tsx'

export const metadata: Metadata = { title: 'Create endpoint' }

/** A new webhook endpoint: for the test environment, unless the address says live. */
export default async function Page({ searchParams }: { searchParams: Promise<{ environment?: string | string[] }> }) {
  const { environment } = await searchParams
  return (
    <OnlyPage
      least="developer"
      title="Create endpoint"
      to="make endpoints"
      back={{ href: '/console/webhooks', name: 'Webhooks' }}
    >
      <CreateWebhook environment={environment === 'live' ? 'live' : 'test'} />
    </OnlyPage>
  )
}
