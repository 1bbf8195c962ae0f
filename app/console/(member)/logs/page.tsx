import type { Metadata } from 'next'
import { connection } from 'next/server'
import { env } from '#lib/server/env.ts'
import { Logs } from '../../../../components/console/logs/logs.tsx'

export const metadata: Metadata = { title: 'Logs' }

/** The requests of the last days, whichever was refused and why. */
export default async function LogsPage() {
  await connection()
  const { baseUrl, logRetentionDays } = env()
  return <Logs baseUrl={baseUrl} days={logRetentionDays} />
}
