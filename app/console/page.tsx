import { redirect } from 'next/navigation'
import { connection } from 'next/server'

/** The Console begins with the keys. */
export default async function ConsolePage() {
  await connection()
  redirect('/console/keys')
}
