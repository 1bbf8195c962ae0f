import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { Frame } from '../../../components/console/frame.tsx'
import { requireMember } from '../require-member.ts'

/** The Console's pages, for members who are signed in. */
export default async function MemberLayout({ children }: { children: ReactNode }) {
  await connection()
  const { session } = await requireMember()
  return <Frame session={session}>{children}</Frame>
}
