import { type GrantType, identityScopes, ownScopes, whyNotOffline } from '#lib/contract/oauth-scopes.ts'
import type { Code } from '../ui/snippet.tsx'
import type { ClientFacts } from './client-facts.ts'
import { signInByCode } from './sign-in-by-code.ts'
import { signInByDevice } from './sign-in-by-device.ts'
import { tokenForItself } from './token-for-itself.ts'

export interface ClientSnippet {
  grant: GrantType
  /** What it is, as a name for the block: “sign-in”. */
  label: string
  code: Code
  /** What is to be known with it. */
  note?: string
}

/** How to begin with a client: for each way in which it gets tokens, all that is to be sent or to be written. */
export function snippetsOf(client: ClientFacts, baseUrl: string): ClientSnippet[] {
  const { grants, scopes } = client
  const asked = askedOfPeople(client)
  const own = scopes.filter((scope) => !Object.hasOwn(identityScopes, scope)).join(' ')
  const all: ClientSnippet[] = [
    {
      grant: 'authorization_code',
      label: 'sign-in',
      code: signInByCode(client, asked, baseUrl),
      ...(asked.split(' ').includes('offline_access')
        ? { note: 'With prompt=consent, since offline_access is left out without it.' }
        : {}),
    },
    {
      grant: 'urn:ietf:params:oauth:grant-type:device_code',
      label: 'sign-in on another device',
      code: signInByDevice(client, asked, baseUrl),
    },
    { grant: 'client_credentials', label: 'token for itself', code: tokenForItself(client, own, baseUrl) },
  ]
  return all.filter(({ grant }) => grants.includes(grant))
}

/** Those of its scopes that people can give away, without what the server would leave out. */
function askedOfPeople({ scopes, grants }: ClientFacts): string {
  const left: readonly string[] = whyNotOffline(grants, 'consent') ? [...ownScopes, 'offline_access'] : ownScopes
  return scopes.filter((scope) => !left.includes(scope)).join(' ')
}
