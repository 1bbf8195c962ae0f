import { redirect } from 'next/navigation'
import { connection } from 'next/server'

/** The apps are a part of the account's page. */
export default async function GrantsPage() {
  await connection()
  redirect('/account#apps')
}
