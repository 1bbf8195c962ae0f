import type { Metadata } from 'next'
import { CreateClient } from '../../../../../components/console/oauth-clients/create/create-client.tsx'
import { OnlyPage } from '../../../../../components/console/only-page.tsx'

export const metadata: Metadata = { title: 'Create client' }

/** Makes an OAuth client; a test client, unless the address says live. */
export default async function Page({ searchParams }: { searchParams: Promise<{ environment?: string | string[] }> }) {
  const { environment } = await searchParams
  return (
    <OnlyPage
      least="developer"
      title="Create client"
      to="make clients"
      back={{ href: '/console/oauth-clients', name: 'OAuth clients' }}
    >
      <CreateClient environment={environment === 'live' ? 'live' : 'test'} />
    </OnlyPage>
  )
}
