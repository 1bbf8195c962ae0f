import {
  authorizationCodeGrantRequest,
  type ClientAuth,
  ClientSecretBasic,
  clientCredentialsGrantRequest,
  expectNoState,
  getValidatedIdTokenClaims,
  None,
  processAuthorizationCodeResponse,
  processClientCredentialsResponse,
  processRefreshTokenResponse,
  refreshTokenGrantRequest,
  type TokenEndpointResponse,
  validateApplicationLevelSignature,
  validateAuthResponse,
} from 'oauth4webapi'
import { withNonce } from './oauth-dpop.ts'
import { OAuthError } from './oauth-error.ts'
import { members, words } from './oauth-parameters.ts'
import type { Pending } from './oauth-pending.ts'
import type { OAuthServer } from './oauth-server.ts'
import type { ClientCredentials, ClientIdentity, CodeExchange, Refresh, TokenAnswer } from './oauth-shapes.ts'

/** By the secret of a confidential client; a public one only says who it is. */
export function authenticationOf({ clientSecret }: Omit<ClientIdentity, 'clientId'>): ClientAuth {
  return clientSecret === undefined ? None() : ClientSecretBasic(clientSecret)
}

/** Tokens for a code. `pending` is what was kept of its authorization. */
export async function exchangeCode(
  oauth: OAuthServer,
  exchange: CodeExchange,
  pending: Pending | undefined,
): Promise<TokenAnswer> {
  const { server, sending } = await oauth.connect({ signal: exchange.signal, repeatable: false })
  const { code, redirectUri, state } = exchange
  const codeVerifier = exchange.codeVerifier ?? pending?.codeVerifier
  if (!codeVerifier) throw noVerifier(state)
  const client = { client_id: exchange.clientId }
  const callback = new URLSearchParams(members({ code, state, iss: exchange.iss ?? server.issuer }))
  const checked = validateAuthResponse(server, client, callback, state ?? expectNoState)
  const resource = exchange.resource === undefined && pending ? pending.resource : oauth.resource(exchange.resource)
  const options = optionsOf(exchange, sending, { resource: resource ?? undefined })
  const nonce = exchange.nonce ?? pending?.nonce
  const expected = {
    ...(nonce === undefined ? {} : { expectedNonce: nonce }),
    ...(pending?.maxAge === undefined ? {} : { maxAge: pending.maxAge }),
  }
  const authentication = authenticationOf(exchange)
  const answer = await withNonce(async () => {
    const response = await authorizationCodeGrantRequest(
      ...[server, client, authentication, checked, redirectUri, codeVerifier, options],
    )
    const tokens = await processAuthorizationCodeResponse(server, client, response, expected)
    if (tokens.id_token) await validateApplicationLevelSignature(server, response, sending)
    return tokens
  })
  return tokensOf(answer, pending?.scope)
}

export async function refreshToken(oauth: OAuthServer, refresh: Refresh): Promise<TokenAnswer> {
  const { server, sending } = await oauth.connect({ signal: refresh.signal, repeatable: false })
  const client = { client_id: refresh.clientId }
  const scope = refresh.scope && words(refresh.scope)
  const options = optionsOf(refresh, sending, { scope, resource: oauth.resource(refresh.resource) ?? undefined })
  const authentication = authenticationOf(refresh)
  const answer = await withNonce(async () => {
    const response = await refreshTokenGrantRequest(server, client, authentication, refresh.refreshToken, options)
    const tokens = await processRefreshTokenResponse(server, client, response)
    if (tokens.id_token) await validateApplicationLevelSignature(server, response, sending)
    return tokens
  })
  return tokensOf(answer, scope)
}

export async function clientCredentials(oauth: OAuthServer, credentials: ClientCredentials): Promise<TokenAnswer> {
  const { server, sending } = await oauth.connect({ signal: credentials.signal })
  const client = { client_id: credentials.clientId }
  const scope = credentials.scope && words(credentials.scope)
  const parameters = members({ scope, resource: oauth.resource(credentials.resource) ?? undefined })
  const options = optionsOf(credentials, sending, {})
  const answer = await withNonce(async () => {
    const authentication = authenticationOf(credentials)
    const response = await clientCredentialsGrantRequest(server, client, authentication, parameters, options)
    return processClientCredentialsResponse(server, client, response)
  })
  return tokensOf(answer, scope)
}

/** What goes with a request for tokens. */
export function optionsOf<Sending>(
  { dpop }: Pick<CodeExchange, 'dpop'>,
  sending: Sending,
  additional: Record<string, string | undefined>,
) {
  return { ...sending, ...(dpop ? { DPoP: dpop.handle } : {}), additionalParameters: members(additional) }
}

/** The library's answer in this client's words; `asked` are the scopes where the server does not say which it gave. */
export function tokensOf(answer: TokenEndpointResponse, asked: string | undefined): TokenAnswer {
  const claims = getValidatedIdTokenClaims(answer)
  return {
    accessToken: answer.access_token,
    tokenType: answer.token_type === 'dpop' ? 'DPoP' : 'Bearer',
    expiresIn: answer.expires_in,
    ...(answer.refresh_token === undefined ? {} : { refreshToken: answer.refresh_token }),
    ...(answer.id_token === undefined ? {} : { idToken: answer.id_token }),
    ...(claims ? { claims } : {}),
    // Not said: as asked (RFC 6749 §5.1).
    scope: answer.scope ?? asked ?? '',
  }
}

function noVerifier(state: string | undefined): OAuthError {
  const which = state === undefined ? 'this client and redirect URI' : 'this state'
  return new OAuthError(
    'invalid_request',
    `No code verifier is known for ${which}. Call exchangeCode where authorizationUrl was called, or pass the codeVerifier that it answered with.`,
  )
}
