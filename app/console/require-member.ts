import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import type { ConsoleSession } from '#lib/contract/console.ts'
import { sessionCookieOf } from '#lib/server/api/console/context.ts'
import { memberOf, sessionViewOf } from '#lib/server/console/sessions.ts'
import type { Problem } from '#lib/server/problem.ts'
import { signInPath } from '../../components/console/sign-in-path.ts'
import { whileAvailable } from '../while-available.ts'

interface Found {
  session: ConsoleSession
  monthlyQuota: number | null
}

/** Who is signed in to the Console; whoever is not is sent to sign in, and comes back. What they may do is decided elsewhere. */
export async function requireMember(): Promise<Found> {
  const found = await findMember()
  if (!found) redirect(signInPath((await headers()).get('x-path') ?? ''))
  return found
}

/** Who is signed in to the Console, if anybody is. */
export async function findMember(): Promise<Found | undefined> {
  const cookie = sessionCookieOf(await cookies())
  const found = memberOf(cookie, { address: undefined, userAgent: undefined, requestId: '' }).catch(
    (error: unknown) => {
      // By its code: the error's class may be of the other module graph.
      if ((error as Problem).code === 'session_required') return undefined
      throw error
    },
  )
  const signedIn = await whileAvailable(found)
  return signedIn && { session: sessionViewOf(signedIn), monthlyQuota: signedIn.tenant.monthlyQuota }
}
