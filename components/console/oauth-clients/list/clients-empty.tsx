import type { Environment } from '#lib/contract/environment.ts'
import { Teaching } from '../../teaching.tsx'

const facts = [
  {
    title: 'Who asks',
    text: 'People are sent to this server’s sign-in page. They see the app’s name and logo, and sign in with their passkey here, never in the app.',
  },
  {
    title: 'What it gets',
    text: 'A code, which it exchanges for an access token of one hour. It holds only the scopes that the person allowed.',
  },
  {
    title: 'Where it goes',
    text: 'The code goes to the redirect URIs that you name, compared to the letter. Nobody else can have it sent to them.',
  },
] as const

/** An environment without a client: what one is, before the first is made. */
export function ClientsEmpty({ environment }: { environment: Environment }) {
  return (
    <Teaching
      docs="/docs/oauth"
      region="No client yet"
      title={`No ${environment} client yet`}
      facts={facts}
      begin={{
        href: `/console/oauth-clients/new?environment=${environment}`,
        label: 'Make the first client',
        least: 'developer',
      }}
    >
      {environment === 'test'
        ? 'Begin with a test client for the app that you work on, on http://localhost if you like.'
        : 'Make a live client when your test client works. You will confirm it with your passkey.'}
    </Teaching>
  )
}
