import type { Metadata } from 'next'
import { connection } from 'next/server'
import { env } from '#lib/server/env.ts'
import { ClientPage } from '../../../../../components/console/oauth-clients/detail/client-page.tsx'

export const metadata: Metadata = { title: 'OAuth client' }

/** One OAuth client. */
export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  await connection()
  const { id } = await params
  return <ClientPage key={id} id={id} baseUrl={env().baseUrl} />
}
