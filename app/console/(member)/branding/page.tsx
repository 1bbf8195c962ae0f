import type { Metadata } from 'next'
import { connection } from 'next/server'
import { Branding } from '../../../../components/console/branding/branding.tsx'
import { requireMember } from '../../require-member.ts'

export const metadata: Metadata = { title: 'Branding' }

/** How people see the tenant. */
export default async function BrandingPage() {
  await connection()
  const { session } = await requireMember()
  return <Branding tenant={session.tenant} />
}
