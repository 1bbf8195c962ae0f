import type { Metadata } from 'next'
import { ClientPage } from '../../../../../components/console/oauth-clients/detail/client-page.tsx'

export const metadata: Metadata = { title: 'OAuth client' }

/** One OAuth client. */
export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  return <ClientPage key={id} id={id} />
}
