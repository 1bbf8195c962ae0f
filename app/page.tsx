import { redirect } from 'next/navigation'
import { connection } from 'next/server'

/** The product's front door is the Playground. */
export default async function Home() {
  await connection()
  redirect('/playground')
}
