import type { Metadata } from 'next'
import { CreateClient } from '../../../../../components/console/oauth-clients/create/create-client.tsx'

export const metadata: Metadata = { title: 'Create client' }

/** Makes an OAuth client; a test client, unless the address says live. */
export default async function Page({ searchParams }: { searchParams: Promise<{ environment?: string | string[] }> }) {
  const { environment } = await searchParams
  return <CreateClient environment={environment === 'live' ? 'live' : 'test'} />
}
