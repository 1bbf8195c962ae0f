import type { Environment } from '#lib/contract/environment.ts'
import type { ClientCreate } from '#lib/contract/oauth.ts'
import { type Access, comesBack } from '../client-rules.ts'

/** A client that is being thought of. */
export interface ClientDraft extends Access {
  name: string
  environment: Environment
  redirectUris: readonly string[]
  dpopRequired: boolean
  logoUrl: string
}

export function emptyDraft(environment: Environment): ClientDraft {
  return {
    name: '',
    environment,
    type: 'public',
    grants: ['authorization_code', 'refresh_token'],
    redirectUris: [],
    scopes: [],
    optionalScopes: [],
    dpopRequired: false,
    logoUrl: '',
  }
}

export type DraftMistakes = Partial<Record<'name' | 'grants' | 'redirectUris' | 'scopes', string>>

/** What is missing before the server can be asked. */
export function draftMistakes(draft: ClientDraft): DraftMistakes {
  return {
    ...(draft.name.trim() ? {} : { name: 'Give the app a name: people see it when they sign in.' }),
    ...(draft.grants.length ? {} : { grants: 'Choose at least one way.' }),
    ...(comesBack(draft) && !namedUris(draft.redirectUris).length
      ? { redirectUris: 'Say where people go back to after they signed in.' }
      : {}),
    ...(draft.scopes.length ? {} : { scopes: 'Choose at least one scope; openid to sign people in.' }),
  }
}

/** The draft as the server wants it. Where nobody comes back, there is nowhere to. */
export function requestOf(draft: ClientDraft): ClientCreate & { environment: Environment } {
  const { name, environment, type, grants, scopes, optionalScopes, dpopRequired, logoUrl } = draft
  return {
    name: name.trim(),
    environment,
    type,
    grants: [...grants],
    redirectUris: comesBack(draft) ? namedUris(draft.redirectUris) : [],
    scopes: [...scopes],
    optionalScopes: [...optionalScopes],
    dpopRequired,
    ...(logoUrl.trim() ? { logoUrl: logoUrl.trim() } : {}),
  }
}

/** The rows that something stands in. */
export function namedUris(rows: readonly string[]): string[] {
  return rows.map((row) => row.trim()).filter(Boolean)
}
