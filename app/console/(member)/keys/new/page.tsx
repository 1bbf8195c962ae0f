import type { Metadata } from 'next'
import { CreateKey } from '../../../../../components/console/keys/create/create-key.tsx'
import { OnlyPage } from '../../../../../components/console/only-page.tsx'

export const metadata: Metadata = { title: 'Create New Key' }

/** Makes a key; a test key, unless the address says live. */
export default async function Page({ searchParams }: { searchParams: Promise<{ environment?: string | string[] }> }) {
  const { environment } = await searchParams
  return (
    <OnlyPage least="developer" title="Create New Key" to="make keys" back={{ href: '/console/keys', name: 'Keys' }}>
      <CreateKey environment={environment === 'live' ? 'live' : 'test'} />
    </OnlyPage>
  )
}
