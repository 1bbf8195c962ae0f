import type { Metadata } from 'next'
import { connection } from 'next/server'
import { Account } from '../../../../components/console/account/account.tsx'

export const metadata: Metadata = { title: 'Account' }

/** The tenant's money. */
export default async function AccountPage() {
  await connection()
  return <Account />
}
