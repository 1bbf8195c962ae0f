import {
  type IntrospectionResponse,
  introspectionRequest,
  processIntrospectionResponse,
  processRevocationResponse,
  processUserInfoResponse,
  revocationRequest,
  skipSubjectCheck,
  type UserInfoResponse,
  userInfoRequest,
  validateAuthResponse,
} from 'oauth4webapi'
import { authorize } from './oauth-authorize.ts'
import { deviceAuthorization, deviceTokens } from './oauth-device.ts'
import { newDPoP, withNonce } from './oauth-dpop.ts'
import { OAuthError, oauthErrors } from './oauth-error.ts'
import { demand, members } from './oauth-parameters.ts'
import { PendingAuthorizations } from './oauth-pending.ts'
import { OAuthServer, type OAuthSettings } from './oauth-server.ts'
import type {
  Abortable,
  Authorization,
  AuthorizationRequest,
  ClientCredentials,
  CodeExchange,
  DeviceAuthorization,
  DeviceExchange,
  DeviceRequest,
  Refresh,
  TokenAnswer,
  TokenOf,
  UserInfo,
} from './oauth-shapes.ts'
import { authenticationOf, clientCredentials, exchangeCode, refreshToken } from './oauth-tokens.ts'

export type { DPoP } from './oauth-dpop.ts'
export { OAuthError } from './oauth-error.ts'
export type { OAuthSettings } from './oauth-server.ts'
export type * from './oauth-shapes.ts'

/**
 * The OAuth 2.0 and OpenID Connect client of an auth server: authorization code with PKCE, device flow, client
 * credentials, refresh, revocation. Built on oauth4webapi, which checks every answer.
 *
 * Tokens are asked for this server's API, unless `resource` names another, or is null for an opaque token, which is for
 * userinfo and introspection.
 *
 * What failed for the moment is tried again, as with `Client`; a code or a refresh token only where the server did not take it.
 *
 * @throws OAuthError for every refusal; ConnectionError when the server cannot be reached, TimeoutError when it does not
 *   answer in time; UnreadableAnswerError for more than any answer has; the signal's reason; TypeError where an argument
 *   cannot be right. None of them has a code, a token or a secret in it.
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
      demand('authorizationUrl', request, 'clientId', 'redirectUri', 'scope')
      const { url, pending } = await authorize(this.#server, request)
      this.#pending.save(pending)
      const { state, codeVerifier, nonce } = pending
      return { url, state, codeVerifier, ...(nonce === undefined ? {} : { nonce }) }
    })
  }

  /**
   * What the user came back with, checked: `state` and the issuer.
   *
   * @throws OAuthError also for the answer that says no: `access_denied` and its like
   */
  readCallback(
    parameters: string | URLSearchParams,
    { clientId, state, signal }: { clientId: string; state: string } & Abortable,
  ) {
    return oauthErrors(async () => {
      const { server } = await this.#server.connect({ signal })
      const search = new URLSearchParams(parameters)
      // A no to this state is the end of it.
      if (search.has('error') && search.get('state') === state) this.#pending.remove(state)
      const answer = validateAuthResponse(server, { client_id: clientId }, search, state)
      return { code: answer.get('code') ?? '', state, iss: answer.get('iss') ?? undefined }
    })
  }

  /** Tokens for a code. What `authorizationUrl` remembered need not be said again. */
  exchangeCode(exchange: CodeExchange): Promise<TokenAnswer> {
    return oauthErrors(async () => {
      demand('exchangeCode', exchange, 'code', 'redirectUri', 'clientId')
      const { pending, guessed } = this.#pending.find(exchange)
      const tokens = await exchangeCode(this.#server, exchange, pending).catch((error) => {
        if (!guessed || error.error !== 'invalid_grant') throw error
        const words = 'Several sign-ins of this client are under way: say by `state` which one the code is of.'
        throw new OAuthError('invalid_grant', words, { status: error.status })
      })
      if (pending) this.#pending.remove(pending.state)
      return tokens
    })
  }

  /** New tokens for a refresh token, which is used up by it. `scope` and `resource` may be less than was allowed. */
  refreshToken(refresh: Refresh): Promise<TokenAnswer> {
    return oauthErrors(async () => {
      demand('refreshToken', refresh, 'refreshToken', 'clientId')
      return refreshToken(this.#server, refresh)
    })
  }

  /** A token for the client itself: no user takes part. */
  clientCredentials(credentials: ClientCredentials): Promise<TokenAnswer> {
    return oauthErrors(() => clientCredentials(this.#server, credentials))
  }

  /** Codes for a device that has no browser: show the person `userCode` and `verificationUri`, and ask for `deviceTokens`. */
  deviceAuthorization(request: DeviceRequest): Promise<DeviceAuthorization> {
    return oauthErrors(async () => {
      demand('deviceAuthorization', request, 'clientId', 'scope')
      return deviceAuthorization(this.#server, request)
    })
  }

  /**
   * Waits until the person has answered, asking as often as the server allows, and less often while it is away.
   *
   * @throws OAuthError `access_denied` for a no, `expired_token` once the codes have ended; the signal's reason, at once
   */
  deviceTokens(exchange: DeviceExchange): Promise<TokenAnswer> {
    return oauthErrors(async () => {
      demand('deviceTokens', exchange, 'clientId', 'deviceCode')
      return deviceTokens(this.#server, exchange)
    })
  }

  /** Ends a token; with a refresh token, all that came from the same consent. A token that never was is ended as well. */
  revoke(token: TokenOf): Promise<void> {
    return oauthErrors(async () => {
      const { server, sending } = await this.#server.connect({ signal: token.signal })
      const options = { ...sending, additionalParameters: members({ token_type_hint: token.tokenTypeHint }) }
      const client = { client_id: token.clientId }
      const authentication = authenticationOf(token)
      const response = await revocationRequest(server, client, authentication, tokenIn('revoke', token), options)
      await processRevocationResponse(response)
    })
  }

  /** What the server says of a token: `active`, and if it is, whose and for what. */
  introspect(token: TokenOf): Promise<IntrospectionResponse> {
    return oauthErrors(async () => {
      const { server, sending } = await this.#server.connect({ signal: token.signal })
      const options = { ...sending, additionalParameters: members({ token_type_hint: token.tokenTypeHint }) }
      const client = { client_id: token.clientId }
      const authentication = authenticationOf(token)
      const response = await introspectionRequest(server, client, authentication, tokenIn('introspect', token), options)
      return processIntrospectionResponse(server, client, response)
    })
  }

  /** Who the user is, for an opaque access token with the scope `openid`: one that was asked for with `resource: null`. */
  userInfo({ accessToken, subject, dpop, signal }: UserInfo): Promise<UserInfoResponse> {
    return oauthErrors(async () => {
      const { server, sending } = await this.#server.connect({ signal })
      const client = { client_id: '-' }
      const options = { ...sending, ...(dpop ? { DPoP: dpop.handle } : {}) }
      return withNonce(async () => {
        const response = await userInfoRequest(server, client, accessToken, options)
        return processUserInfoResponse(server, client, subject ?? skipSubjectCheck, response)
      })
    })
  }

  /** A new key pair to bind tokens to (RFC 9449): hand it to every call that gets or uses them. */
  dpop() {
    return newDPoP()
  }
}

function tokenIn(call: string, of: TokenOf): string {
  demand(call, of, 'clientId')
  const token = of.token ?? of.refreshToken ?? of.accessToken
  demand(call, { token }, 'token')
  return token as string
}

/** An OAuth client of another server than the default one. */
export function createOAuth(settings: OAuthSettings = {}): OAuth {
  return new OAuth(settings)
}

/** Of the server that PLAYGROUND_BASE_URL names; in a browser, of the page's own. */
export const oauth = createOAuth()
