import type { Metadata } from 'next'
import { connection } from 'next/server'
import { OAuthCallback } from '../../../components/oauth/oauth-callback.tsx'

export const metadata: Metadata = { title: 'Back to the Playground', robots: { index: false } }

/** Where the Playground's OAuth client comes back to, in its popup. */
export default async function CallbackPage() {
  await connection()
  return (
    <main id="main" className="flex-1">
      <OAuthCallback place="Playground" path="/playground" />
    </main>
  )
}
