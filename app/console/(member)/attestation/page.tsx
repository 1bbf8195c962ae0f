import type { Metadata } from 'next'
import { connection } from 'next/server'
import { AttestationPage } from '../../../../components/console/attestation/attestation-page.tsx'

export const metadata: Metadata = { title: 'Attestation' }

/** Which authenticators are taken, and who vouches for them. */
export default async function Page() {
  await connection()
  return <AttestationPage />
}
