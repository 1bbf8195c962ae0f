import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { connection } from 'next/server'
import { readAccount } from '#lib/server/oauth/account.ts'
import { Account } from '../../components/account/account.tsx'
import { AccountSignIn } from '../../components/account/account-sign-in.tsx'
import { Frame } from '../../components/interaction/frame.tsx'
import { whileAvailable } from '../while-available.ts'

export const metadata: Metadata = { title: { absolute: 'Your account' } }

/** Where users see what they sign in with, where they are signed in and which apps they let in, and take it back. */
export default async function AccountPage() {
  await connection()
  const account = await whileAvailable(readAccount(await cookies()))
  if (!account)
    return (
      <Frame tenant={null} foot="Signing in shows this to you, and tells no app.">
        <AccountSignIn />
      </Frame>
    )
  return (
    <Frame
      tenant={account.tenant}
      environment={account.environment}
      foot="A revoked app has to ask you again. What it did while it was allowed stays done."
      wide
    >
      <Account account={account} />
    </Frame>
  )
}
