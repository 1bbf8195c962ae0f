import type { Metadata } from 'next'
import { connection } from 'next/server'
import { RelyingParty } from '../../../../components/console/relying-party/relying-party.tsx'

export const metadata: Metadata = { title: 'Relying party' }

/** Whose passkeys they are. */
export default async function RelyingPartyPage() {
  await connection()
  return <RelyingParty />
}
