import * as library from 'oauth4webapi'
import { newDPoP, withNonce } from './oauth-dpop.ts'
import { OAuthError, oauthErrors } from './oauth-error.ts'
import { PendingAuthorizations } from './oauth-pending.ts'
import { OAuthServer, type OAuthSettings } from './oauth-server.ts'
import type {
  Authorization,
  AuthorizationRequest,
  ClientCredentials,
  ClientIdentity,
  CodeExchange,
  Refresh,
  TokenAnswer,
  TokenOf,
  UserInfo,
} from './oauth-shapes.ts'

export type { DPoP } from './oauth-dpop.ts'
export { OAuthError } from './oauth-error.ts'
export type { OAuthSettings } from './oauth-server.ts'
export type * from './oauth-shapes.ts'

/**
 * The OAuth 2.0 and OpenID Connect client of an auth server: authorization code with PKCE, client credentials, refresh,
 * revocation. Built on oauth4webapi, which checks every answer.
 *
 * Tokens are asked for this server's API, unless `resource` names another, or is null for an opaque token, which is for
 * userinfo and introspection.
 *
 * @throws OAuthError for every refusal; TypeError when the server cannot be reached, or an argument cannot be right
 */
export class OAuth {
  readonly #server: OAuthServer
  readonly #pending = new PendingAuthorizations()

  constructor(settings: OAuthSettings = {}) {
    this.#server = new OAuthServer(settings)
  }

  /**
   * Where to send the user. The code verifier is remembered by its `state`, in a browser beyond a redirect of the page;
   * elsewhere keep `state` and `codeVerifier` in the user's session.
   */
  authorizationUrl(request: AuthorizationRequest): Promise<Authorization> {
    return oauthErrors(async () => {
      const { server, sending } = await this.#server.connect()
      const codeVerifier = library.generateRandomCodeVerifier()
      const { clientId, redirectUri, nonce, maxAge, dpop } = request
      const state = request.state ?? library.generateRandomState()
      const scope = words(request.scope)
      const resource = this.#server.resource(request.resource)
      const parameters = new URLSearchParams(
        members({
          client_id: clientId,
          redirect_uri: redirectUri,
          response_type: 'code',
          scope,
          state,
          nonce,
          code_challenge: await library.calculatePKCECodeChallenge(codeVerifier),
          code_challenge_method: 'S256',
          prompt: request.prompt,
          max_age: maxAge,
          login_hint: request.loginHint,
          acr_values: request.acrValues && words(request.acrValues),
          dpop_jkt: dpop?.thumbprint,
        }),
      )
      const resources = resource === null ? [] : [resource].flat()
      for (const each of resources) parameters.append('resource', each)

      const address = new URL(server.authorization_endpoint ?? '/oauth/auth', server.issuer)
      if (request.pushed) {
        const client = { client_id: clientId }
        const { request_uri } = await withNonce(async () =>
          library.processPushedAuthorizationResponse(
            server,
            client,
            await library.pushedAuthorizationRequest(server, client, authenticationOf(request), parameters, {
              ...sending,
              ...(dpop ? { DPoP: dpop.handle } : {}),
            }),
          ),
        )
        address.search = String(new URLSearchParams({ client_id: clientId, request_uri }))
      } else address.search = String(parameters)

      const forToken = resources[0] ?? null
      this.#pending.save({
        ...{ state, codeVerifier, clientId, redirectUri, scope, resource: forToken, at: Date.now() },
        ...(nonce === undefined ? {} : { nonce }),
        ...(maxAge === undefined ? {} : { maxAge }),
      })
      return { url: address.href, state, codeVerifier, ...(nonce === undefined ? {} : { nonce }) }
    })
  }

  /**
   * What the user came back with, checked: `state` and the issuer.
   *
   * @throws OAuthError also for the answer that says no: `access_denied` and its like
   */
  readCallback(parameters: string | URLSearchParams, expected: { clientId: string; state: string }) {
    return oauthErrors(async () => {
      const { server } = await this.#server.connect()
      const search = new URLSearchParams(parameters)
      const answer = library.validateAuthResponse(server, { client_id: expected.clientId }, search, expected.state)
      return { code: answer.get('code') ?? '', state: expected.state, iss: answer.get('iss') ?? undefined }
    })
  }

  /** Tokens for a code. What `authorizationUrl` remembered need not be said again. */
  exchangeCode(exchange: CodeExchange): Promise<TokenAnswer> {
    return oauthErrors(async () => {
      const { server, sending } = await this.#server.connect()
      const { code, redirectUri, clientId, state, iss, dpop } = exchange
      const pending = this.#pending.find(exchange)
      const codeVerifier = exchange.codeVerifier ?? pending?.codeVerifier
      if (!codeVerifier) throw noVerifier(state)
      const client = { client_id: clientId }
      const callback = new URLSearchParams(members({ code, state, iss: iss ?? server.issuer }))
      const checked = library.validateAuthResponse(server, client, callback, state ?? library.expectNoState)
      const resource =
        exchange.resource === undefined && pending ? pending.resource : this.#server.resource(exchange.resource)
      const options = {
        ...sending,
        ...(dpop ? { DPoP: dpop.handle } : {}),
        additionalParameters: members({ resource: resource ?? undefined }),
      }
      const nonce = exchange.nonce ?? pending?.nonce
      const answer = await withNonce(async () => {
        const response = await library.authorizationCodeGrantRequest(
          ...[server, client, authenticationOf(exchange), checked, redirectUri, codeVerifier, options],
        )
        const tokens = await library.processAuthorizationCodeResponse(server, client, response, {
          ...(nonce === undefined ? {} : { expectedNonce: nonce }),
          ...(pending?.maxAge === undefined ? {} : { maxAge: pending.maxAge }),
        })
        if (tokens.id_token) await library.validateApplicationLevelSignature(server, response, sending)
        return tokens
      })
      if (pending) this.#pending.remove(pending.state)
      return tokensOf(answer, pending?.scope)
    })
  }

  /** New tokens for a refresh token, which is used up by it. `scope` and `resource` may be less than was allowed. */
  refreshToken(refresh: Refresh): Promise<TokenAnswer> {
    return oauthErrors(async () => {
      const { server, sending } = await this.#server.connect()
      const client = { client_id: refresh.clientId }
      const scope = refresh.scope && words(refresh.scope)
      const options = {
        ...sending,
        ...(refresh.dpop ? { DPoP: refresh.dpop.handle } : {}),
        additionalParameters: members({ scope, resource: this.#server.resource(refresh.resource) ?? undefined }),
      }
      const answer = await withNonce(async () => {
        const response = await library.refreshTokenGrantRequest(
          ...[server, client, authenticationOf(refresh), refresh.refreshToken, options],
        )
        const tokens = await library.processRefreshTokenResponse(server, client, response)
        if (tokens.id_token) await library.validateApplicationLevelSignature(server, response, sending)
        return tokens
      })
      return tokensOf(answer, scope)
    })
  }

  /** A token for the client itself: no user takes part. */
  clientCredentials(credentials: ClientCredentials): Promise<TokenAnswer> {
    return oauthErrors(async () => {
      const { server, sending } = await this.#server.connect()
      const client = { client_id: credentials.clientId }
      const scope = credentials.scope && words(credentials.scope)
      const parameters = members({ scope, resource: this.#server.resource(credentials.resource) ?? undefined })
      const options = { ...sending, ...(credentials.dpop ? { DPoP: credentials.dpop.handle } : {}) }
      const answer = await withNonce(async () => {
        const response = await library.clientCredentialsGrantRequest(
          ...[server, client, authenticationOf(credentials), parameters, options],
        )
        return library.processClientCredentialsResponse(server, client, response)
      })
      return tokensOf(answer, scope)
    })
  }

  /** Ends a token; with a refresh token, all that came from the same consent. A token that never was is ended as well. */
  revoke(token: TokenOf): Promise<void> {
    return oauthErrors(async () => {
      const { server, sending } = await this.#server.connect()
      const options = { ...sending, additionalParameters: members({ token_type_hint: token.tokenTypeHint }) }
      const client = { client_id: token.clientId }
      const authentication = authenticationOf(token)
      const response = await library.revocationRequest(server, client, authentication, token.token, options)
      await library.processRevocationResponse(response)
    })
  }

  /** What the server says of a token: `active`, and if it is, whose and for what. */
  introspect(token: TokenOf): Promise<library.IntrospectionResponse> {
    return oauthErrors(async () => {
      const { server, sending } = await this.#server.connect()
      const options = { ...sending, additionalParameters: members({ token_type_hint: token.tokenTypeHint }) }
      const client = { client_id: token.clientId }
      const authentication = authenticationOf(token)
      const response = await library.introspectionRequest(server, client, authentication, token.token, options)
      return library.processIntrospectionResponse(server, client, response)
    })
  }

  /** Who the user is, for an opaque access token with the scope `openid`: one that was asked for with `resource: null`. */
  userInfo({ accessToken, subject, dpop }: UserInfo): Promise<library.UserInfoResponse> {
    return oauthErrors(async () => {
      const { server, sending } = await this.#server.connect()
      const client = { client_id: '-' }
      const options = { ...sending, ...(dpop ? { DPoP: dpop.handle } : {}) }
      return withNonce(async () => {
        const response = await library.userInfoRequest(server, client, accessToken, options)
        return library.processUserInfoResponse(server, client, subject ?? library.skipSubjectCheck, response)
      })
    })
  }

  /** A new key pair to bind tokens to (RFC 9449): hand it to every call that gets or uses them. */
  dpop() {
    return newDPoP()
  }
}

/** An OAuth client of another server than the default one. */
export function createOAuth(settings: OAuthSettings = {}): OAuth {
  return new OAuth(settings)
}

/** Of the server that PLAYGROUND_BASE_URL names; in a browser, of the page's own. */
export const oauth = createOAuth()

function authenticationOf({ clientSecret }: Omit<ClientIdentity, 'clientId'>): library.ClientAuth {
  return clientSecret === undefined ? library.None() : library.ClientSecretBasic(clientSecret)
}

function tokensOf(answer: library.TokenEndpointResponse, asked: string | undefined): TokenAnswer {
  const claims = library.getValidatedIdTokenClaims(answer)
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

function words(list: string | readonly string[]): string {
  return typeof list === 'string' ? list : list.join(' ')
}

/** Without what is undefined. */
function members(all: Record<string, string | number | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  )
}
