import type { Metadata } from 'next'
import { KeyPage } from '../../../../../components/console/keys/detail/key-page.tsx'

export const metadata: Metadata = { title: 'Key' }

/** One key. */
export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  return <KeyPage key={id} id={id} />
}
