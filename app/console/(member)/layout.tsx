import type { Metadata } from 'next'
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { quotaOf } from '#lib/server/usage/quota.ts'
import { Frame } from '../../../components/console/frame/frame.tsx'
import { SessionIs } from '../../../components/console/role.tsx'
import { whileAvailable } from '../../while-available.ts'
import { requireMember } from '../require-member.ts'

export const metadata: Metadata = {
  title: { default: 'Console · WebAuthn Playground', template: '%s · Console · WebAuthn Playground' },
}

/** The Console's pages, for members who are signed in. */
export default async function MemberLayout({ children }: { children: ReactNode }) {
  await connection()
  const { session, monthlyQuota } = await requireMember()
  return (
    <SessionIs session={session}>
      <Frame session={session} quota={await whileAvailable(quotaOf(session.tenant.id, monthlyQuota))}>
        {children}
      </Frame>
    </SessionIs>
  )
}
