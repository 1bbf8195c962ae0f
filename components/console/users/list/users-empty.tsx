import Link from 'next/link'
import type { Environment } from '#lib/contract/environment.ts'
import { linkButton } from '../../../ui/button.tsx'
import { Teaching } from '../../teaching.tsx'

const facts = [
  {
    title: 'Who is a user',
    text: 'Whoever finished a registration: a username, an id that never comes back, and passkeys on their devices.',
  },
  {
    title: 'What you see',
    text: 'Each person’s passkeys and whether they are synced, where they are signed in, which apps they let in, and what happened.',
  },
  {
    title: 'What you can do',
    text: 'Take a lost passkey away, end sessions, or delete somebody with everything that their passkeys opened.',
  },
] as const

/** An environment without a user: what one is, and the way to the first. */
export function UsersEmpty({ environment }: { environment: Environment }) {
  return (
    <Teaching docs="/docs/passkeys" region="No user yet" title={`No ${environment} user yet`} facts={facts}>
      The first comes with the first passkey: register one at the Playground with a {environment} key of yours.
      <span className="mt-5 flex justify-center">
        <Link href="/playground" className={linkButton}>
          Open the Playground
        </Link>
      </span>
    </Teaching>
  )
}
