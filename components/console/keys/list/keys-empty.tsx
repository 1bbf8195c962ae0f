import type { Environment } from '#lib/contract/environment.ts'
import { Teaching } from '../../teaching.tsx'

const facts = [
  {
    title: 'Who calls',
    text: 'A key goes with each request. It says which tenant calls, so that usage is counted for you and nobody else.',
  },
  {
    title: 'What it may do',
    text: 'It holds only the permissions that you give it. A key for sign-in cannot read your account.',
  },
  {
    title: 'Test or live',
    text: 'A test key works against the sandbox and never charges real money. A live key is production. The two share nothing.',
  },
] as const

/** An environment without a key that works: what a key is, before the first is made. */
export function KeysEmpty({ environment, before }: { environment: Environment; before: boolean }) {
  return (
    <Teaching
      docs="/docs/api-keys"
      region="No key yet"
      title={before ? `No ${environment} key works any more` : `No ${environment} key yet`}
      facts={facts}
      begin={{ href: `/console/keys/new?environment=${environment}`, label: 'Make the first key', least: 'developer' }}
    >
      {environment === 'test'
        ? 'Begin with a test key: name it, choose what it may do, and try it in the Playground.'
        : 'Make a live key when your test key works. You will confirm it with your passkey.'}
    </Teaching>
  )
}
