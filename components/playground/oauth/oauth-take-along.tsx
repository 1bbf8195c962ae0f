import { playgroundScopes } from '#lib/contract/oauth-scopes.ts'
import { signInByDevice } from '../../snippets/sign-in-by-device.ts'
import { Snippet } from '../../ui/snippet.tsx'

interface Props {
  baseUrl: string
  clientId: string
  scopes: readonly string[]
  dpop: boolean
}

/** A sign-in with the built-in client from a program of one's own: by the device flow, which needs no redirect URI. */
export function OAuthTakeAlong({ baseUrl, clientId, scopes, dpop }: Props) {
  const scope = playgroundScopes.filter((each) => scopes.includes(each) && each !== 'offline_access').join(' ')
  return (
    <section aria-label="In your own code" className="mt-6">
      <Snippet
        title={<h3 className="font-semibold">In your own code</h3>}
        label="program"
        code={signInByDevice({ clientId, type: 'public', dpopRequired: dpop }, scope || 'openid', baseUrl)}
        note={
          <>
            This runs as it stands, from a terminal: the built-in client may sign people in on another device. The code
            of an app with a redirect URI of its own is on{' '}
            <a href="/console/oauth-clients" className="text-accent underline underline-offset-2">
              its page in the Console
            </a>
            .
          </>
        }
      />
    </section>
  )
}
