import type { Metadata } from 'next'
import { KeysPage } from '../../../../components/console/keys/list/keys-page.tsx'

export const metadata: Metadata = { title: 'Keys' }

/** The keys of an environment: test, unless the address says live. */
export default async function Page({ searchParams }: { searchParams: Promise<{ environment?: string | string[] }> }) {
  const { environment } = await searchParams
  return <KeysPage environment={environment === 'live' ? 'live' : 'test'} />
}
