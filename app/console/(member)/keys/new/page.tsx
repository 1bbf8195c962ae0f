import type { Metadata } from 'next'
import { CreateKey } from '../../../../../components/console/keys/create/create-key.tsx'

export const metadata: Metadata = { title: 'Create New Key' }

/** Makes a key; a test key, unless the address says live. */
export default async function Page({ searchParams }: { searchParams: Promise<{ environment?: string | string[] }> }) {
  const { environment } = await searchParams
  return <CreateKey environment={environment === 'live' ? 'live' : 'test'} />
}
