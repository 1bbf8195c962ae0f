import type { ClientView } from '#lib/contract/oauth.ts'
import type { GrantType } from '#lib/contract/oauth-scopes.ts'

/** What the snippets of an OAuth client are made of. */
export interface ClientFacts extends Pick<ClientView, 'clientId' | 'type' | 'dpopRequired'> {
  grants: readonly GrantType[]
  scopes: readonly string[]
  redirectUris: readonly string[]
}
