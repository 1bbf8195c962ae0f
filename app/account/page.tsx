import { redirect } from 'next/navigation'
import { connection } from 'next/server'

/** A user's account has one page so far. */
export default async function AccountPage() {
  await connection()
  redirect('/account/grants')
}
