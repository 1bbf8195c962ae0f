import type { Metadata } from 'next'
import { ClientsPage } from '../../../../components/console/oauth-clients/list/clients-page.tsx'

export const metadata: Metadata = { title: 'OAuth clients' }

/** The OAuth clients of an environment: test, unless the address says live. */
export default async function Page({ searchParams }: { searchParams: Promise<{ environment?: string | string[] }> }) {
  const { environment } = await searchParams
  return <ClientsPage environment={environment === 'live' ? 'live' : 'test'} />
}
