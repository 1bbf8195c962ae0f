import type { Metadata } from 'next'
import { CreateWebhook } from '../../../../../components/console/webhooks/create/create-webhook.tsx'

export const metadata: Metadata = { title: 'Create endpoint' }

/** A new webhook endpoint: for the test environment, unless the address says live. */
export default async function Page({ searchParams }: { searchParams: Promise<{ environment?: string | string[] }> }) {
  const { environment } = await searchParams
  return <CreateWebhook environment={environment === 'live' ? 'live' : 'test'} />
}
