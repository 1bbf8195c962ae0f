import type { Action } from './action.ts'
import type { Environment } from './environment.ts'

/**
 * What a user's token says: every claim of the JWT that a sign-in answers with. A service that takes the token verifies
 * its ES256 signature against `/.well-known/jwks.json`, then `iss`, `aud` and `exp`, and may then believe the rest.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7519#section-4
 */
export interface TokenClaims {
  /** The tenant whose key signed the user in: usage is counted for it. */
  providerTenantId: string
  /** Its name, for usage records that people read. */
  providerTenantName: string
  /** Of the tenant's two worlds, the one that the user is in. */
  environment: Environment
  /** For whom the token is: never the same in both environments. */
  aud: Audience
  /** The user's id, unique over all tenants. */
  sub: string
  /** The username: to show, never to look up by. */
  preferred_username: string
  /** How the user signed in. */
  amr: AuthenticationMethod[]
  /** The passkey that the user signed in with, by its id here. Once it is deleted, this server takes the token for nothing. */
  passkeyId: string
  /** When the passkey was used. Times are epoch seconds. */
  auth_time: number
  iat: number
  /** The token is refused from this moment on. */
  exp: number
  /** The token's own id, for logs. */
  jti: string
  /** Whose request it answers: the id of an API key, or of an OAuth client. Usage is counted by it, too. */
  azp: string
  /** The server's BASE_URL: its keys are published below it. */
  iss: string
}

/** The type, `typ` in its header, that tells an approval from every other JWT of this server. */
export const approvalType = 'approval+jwt'

/** How long an approval is good: long enough to be handed on. */
export const approvalSeconds = 120

/**
 * What an approval says: this user approved this action with a passkey, verified, for whoever has the audience. It is no
 * token, and speaks for nobody; its `jti` is taken once.
 */
export interface ApprovalClaims
  extends Pick<
    TokenClaims,
    | 'providerTenantId'
    | 'providerTenantName'
    | 'environment'
    | 'aud'
    | 'sub'
    | 'iat'
    | 'exp'
    | 'jti'
    | 'azp'
    | 'passkeyId'
    | 'iss'
  > {
  action: Action
}

/** The type, `typ` in its header, that tells a tenant's token from every other JWT of this server. */
export const tenantTokenType = 'mpc-tenant+jwt'

/** How long a tenant's token is good: it is made for one call, and never leaves the servers. */
export const tenantTokenSeconds = 60

/**
 * What a tenant's token says: a member of this tenant asks for this environment's keys, or whoever of it deletes a user. It is for the MPC
 * server's `TenantKeyService`, and opens nothing else.
 */
export interface TenantTokenClaims
  extends Pick<
    TokenClaims,
    'providerTenantId' | 'providerTenantName' | 'environment' | 'aud' | 'iat' | 'exp' | 'jti' | 'iss'
  > {
  /** The id of the member, or of the API key or client; never a user's. */
  sub: string
  /** Who it is, and their request, as the audit log says it. Without a type: a member. */
  member: { type: 'member' | 'key' | 'client' | 'user'; name: string; address: string | null; requestId: string | null }
}

export type Audience = 'mpc-server' | 'mpc-server:test'

/**
 * `pop` always: a private key was used; `hwk` when it cannot leave its device, else `swk`; `user` for presence; `mfa`
 * when the authenticator verified the user.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8176#section-2
 */
export type AuthenticationMethod = 'pop' | 'hwk' | 'swk' | 'user' | 'mfa'

/** The audience of an environment's tokens: a test token never passes for a live one. */
export function audienceOf(environment: Environment): Audience {
  return environment === 'live' ? 'mpc-server' : 'mpc-server:test'
}

/**
 * Why the MPC server takes no token that is bound to a key, and what to do. A proof (RFC 9449) is of the method and the URL of
 * an HTTP request, and native gRPC behind a proxy has no URL that both sides know.
 */
export const noBoundTokens =
  'The MPC server takes no tokens that are bound to a key (DPoP). Ask the token endpoint for one with resource=urn:mpc-server and without a DPoP proof, and send it as a bearer token.'
