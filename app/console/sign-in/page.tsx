import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { connection } from 'next/server'
import { Entrance } from '../../../components/console/entrance.tsx'
import { FirstTime } from '../../../components/console/sign-in/first-time.tsx'
import { SignIn } from '../../../components/console/sign-in/sign-in.tsx'
import { pathHere } from '../../../components/console/sign-in-path.ts'
import { Notice } from '../../../components/ui/notice.tsx'
import { findMember } from '../require-member.ts'

export const metadata: Metadata = { title: 'Sign in to the Console' }

interface Props {
  /** `next`: where to go afterwards. */
  searchParams: Promise<{ next?: string | string[] }>
}

/** Where members sign in. */
export default async function SignInPage({ searchParams }: Props) {
  await connection()
  const { next } = await searchParams
  // A page that shows another tenant than the session is in now comes here, too: it is drawn anew.
  if (typeof next === 'string' && (await findMember())) redirect(pathHere(next))
  return (
    <Entrance title="Sign in to the Console">
      <p className="mt-2.5 text-pretty text-soft">
        The Console is where a tenant’s members make and revoke its API keys, watch its usage, read its audit log and
        set up its relying party. There is no password: your passkey says who you are.
      </p>
      {next ? (
        <div className="mt-4">
          <Notice title="You are not signed in, or your session has ended">
            Once you are signed in, you come back to the page that you asked for.
          </Notice>
        </div>
      ) : null}
      <SignIn next={pathHere(typeof next === 'string' ? next : undefined)} />
      <FirstTime />
    </Entrance>
  )
}
