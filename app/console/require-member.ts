import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import type { ConsoleSession } from '#lib/contract/console.ts'
import { sessionCookieOf } from '#lib/server/api/console/context.ts'
import { memberOf, sessionView } from '#lib/server/console/sessions.ts'
import type { Problem } from '#lib/server/problem.ts'

/** Who is signed in to the Console; whoever is not is sent to the sign-in. What they may do is decided where they do it. */
export async function requireMember(): Promise<{ session: ConsoleSession }> {
  const cookie = sessionCookieOf(await cookies())
  const session = await memberOf(cookie, { address: undefined, userAgent: undefined, requestId: '' }).then(
    sessionView,
    (error: unknown) => {
      // By its code: the error's class may be of the other module graph.
      if ((error as Problem).code === 'session_required') return undefined
      throw error
    },
  )
  if (!session) redirect('/console/sign-in')
  return { session }
}
