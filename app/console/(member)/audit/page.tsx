import type { Metadata } from 'next'
import { connection } from 'next/server'
import { auditActions } from '#lib/contract/audit.ts'
import { Audit } from '../../../../components/console/audit/audit.tsx'

export const metadata: Metadata = { title: 'Audit' }

/** Every change that was made for the tenant. The words for actions come with the page: their table brings its schema. */
export default async function AuditPage() {
  await connection()
  return <Audit words={auditActions} />
}
