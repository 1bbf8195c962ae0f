import type { Metadata } from 'next'
import { connection } from 'next/server'
import { Members } from '../../../../components/console/members/members.tsx'

export const metadata: Metadata = { title: 'Members' }

/** Who may come in. */
export default async function MembersPage() {
  await connection()
  return <Members />
}
