import type { Metadata } from 'next'
import { UsersPage } from '../../../../components/console/users/list/users-page.tsx'

export const metadata: Metadata = { title: 'Users' }

/** The users of an environment: test, unless the address says live. */
export default async function Page({ searchParams }: { searchParams: Promise<{ environment?: string | string[] }> }) {
  const { environment } = await searchParams
  return <UsersPage environment={environment === 'live' ? 'live' : 'test'} />
}
