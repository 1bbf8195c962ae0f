import type { Metadata } from 'next'
import { RotationPage } from '../../../../../../components/console/keys/rotation/rotation-page.tsx'
import { OnlyPage } from '../../../../../../components/console/only-page.tsx'

export const metadata: Metadata = { title: 'Rotate a key' }

/** Replaces a key, step by step. */
export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  return (
    <OnlyPage least="developer" title="Rotate a key" to="rotate keys" back={{ href: '/console/keys', name: 'Keys' }}>
      <RotationPage key={id} id={id} />
    </OnlyPage>
  )
}
