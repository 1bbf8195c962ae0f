import type { Metadata } from 'next'
import { MpcKeysPage } from '../../../../components/console/mpc-keys/list/mpc-keys-page.tsx'

export const metadata: Metadata = { title: 'MPC keys' }

/** The MPC keys of an environment: test, unless the address says live. */
export default async function Page({ searchParams }: { searchParams: Promise<{ environment?: string | string[] }> }) {
  const { environment } = await searchParams
  return <MpcKeysPage environment={environment === 'live' ? 'live' : 'test'} />
}
