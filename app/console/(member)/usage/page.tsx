import type { Metadata } from 'next'
import { connection } from 'next/server'
import { env } from '#lib/server/env.ts'
import { Usage } from '../../../../components/console/usage/usage.tsx'

export const metadata: Metadata = { title: 'Usage' }

/** What was asked of the server with the tenant's keys. */
export default async function UsagePage() {
  await connection()
  return <Usage baseUrl={env().baseUrl} />
}
