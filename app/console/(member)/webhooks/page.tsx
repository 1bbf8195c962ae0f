import type { Metadata } from 'next'
import { connection } from 'next/server'
import { exampleRequest } from '#lib/server/webhooks/example-request.ts'
import { WebhooksPage } from '../../../../components/console/webhooks/list/webhooks-page.tsx'

export const metadata: Metadata = { title: 'Webhooks' }

/** The webhook endpoints of an environment: test, unless the address says live. */
export default async function Page({ searchParams }: { searchParams: Promise<{ environment?: string | string[] }> }) {
  await connection()
  const { environment } = await searchParams
  return <WebhooksPage environment={environment === 'live' ? 'live' : 'test'} example={exampleRequest()} />
}
