import type { Metadata } from 'next'
import { connection } from 'next/server'
import { OAuthCallback } from '../../../../components/oauth/oauth-callback.tsx'

export const metadata: Metadata = { title: 'Back to the Console', robots: { index: false } }

/** Where a client that is tried out in the Console comes back to, in its popup. Whoever signed in there is no member. */
export default async function CallbackPage() {
  await connection()
  return (
    <main id="main" className="flex-1">
      <OAuthCallback place="Console" path="/console/oauth-clients" />
    </main>
  )
}
