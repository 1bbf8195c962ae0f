import type { Metadata } from 'next'
import { connection } from 'next/server'
import { auditActions } from '#lib/contract/audit.ts'
import { UserPage } from '../../../../../components/console/users/detail/user-page.tsx'

export const metadata: Metadata = { title: 'User' }

/** One user. The words of the timeline come with the page: their table brings its schema. */
export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  await connection()
  const { id } = await params
  return <UserPage key={id} id={id} words={auditActions} />
}
