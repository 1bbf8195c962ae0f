import type { Metadata } from 'next'
import { connection } from 'next/server'
import { Join } from '../../../components/console/join/join.tsx'
import { findMember } from '../require-member.ts'

export const metadata: Metadata = { title: 'Join the Console' }

/** Where a set-up link or an invitation leads. */
export default async function JoinPage() {
  await connection()
  return <Join signedIn={(await findMember())?.session} />
}
