import type { Metadata } from 'next'
import { connection } from 'next/server'
import { Me } from '../../../../components/console/me/me.tsx'

export const metadata: Metadata = { title: 'Your passkeys and sessions' }

/** What the member signs in with, and where they are signed in. */
export default async function MePage() {
  await connection()
  return <Me />
}
