import type { IDToken } from 'oauth4webapi'
import type { OAuthScope } from '#lib/contract/oauth-scopes.ts'
import type { DPoP } from './oauth-dpop.ts'

type Scopes = string | readonly OAuthScope[]

export interface ClientIdentity {
  clientId: string
  /** Of a confidential client. */
  clientSecret?: string | undefined
}

export interface Abortable {
  /** Ends the call at once, with its reason. */
  signal?: AbortSignal | undefined
}

interface Bound {
  /** Binds the tokens to a key pair, from `oauth.dpop()`. */
  dpop?: DPoP | undefined
}

export interface AuthorizationRequest extends ClientIdentity, Bound, Abortable {
  redirectUri: string
  scope: Scopes
  /** What the token will be for; unless told, this server's API. Null: nothing, which makes it opaque. */
  resource?: string | readonly string[] | null
  /** Unless told, a random one. */
  state?: string
  nonce?: string
  prompt?: 'login' | 'consent' | 'none' | 'login consent' | (string & {})
  /** Seconds since the user used a passkey, at most. */
  maxAge?: number
  /** The username. */
  loginHint?: string
  acrValues?: string | readonly string[]
  /** Hands the request over behind the user's back, and sends the user with a reference to it (RFC 9126). */
  pushed?: boolean
}

export interface Authorization {
  url: string
  state: string
  nonce?: string
  codeVerifier: string
}

export interface CodeExchange extends ClientIdentity, Bound, Abortable {
  code: string
  redirectUri: string
  /** As `authorizationUrl` gave it; unless told, the one that was remembered. */
  codeVerifier?: string | undefined
  /**
   * What came back with the code. It names the authorization; without it the newest one of the client and redirect URI
   * is meant, which a server with many users at once must not rely on.
   */
  state?: string | undefined
  /** What came back with the code: it must be this server's issuer. */
  iss?: string | undefined
  nonce?: string | undefined
  resource?: string | null
}

export interface Refresh extends ClientIdentity, Bound, Abortable {
  refreshToken: string
  scope?: Scopes
  resource?: string | null
}

export interface ClientCredentials extends ClientIdentity, Bound, Abortable {
  scope?: Scopes
  resource?: string | null
}

export interface DeviceRequest extends ClientIdentity, Abortable {
  scope: Scopes
  resource?: string | null
}

/** The codes of a device (RFC 8628 §3.2). */
export interface DeviceAuthorization {
  /** The device keeps it to itself. */
  deviceCode: string
  /** What the person enters at `verificationUri`. */
  userCode: string
  verificationUri: string
  /** The same page, with the code filled in: for a link or a QR code. */
  verificationUriComplete: string
  /** Seconds. */
  expiresIn: number
  /** Seconds between two questions, at least. */
  interval: number
}

export interface DeviceExchange extends ClientIdentity, Bound, Abortable {
  deviceCode: string
  /** Seconds between two questions: as `deviceAuthorization` said. */
  interval?: number
  resource?: string | null
}

/** A token: as `token`, or by its kind. */
export interface TokenOf extends ClientIdentity, Abortable {
  token?: string
  refreshToken?: string
  accessToken?: string
  tokenTypeHint?: 'access_token' | 'refresh_token'
}

export interface UserInfo extends Bound, Abortable {
  accessToken: string
  /** The `sub` that the answer must name: that of the ID token. */
  subject?: string
}

export interface TokenAnswer {
  accessToken: string
  tokenType: 'Bearer' | 'DPoP'
  /** Seconds. */
  expiresIn: number | undefined
  refreshToken?: string
  idToken?: string
  /** Of the ID token, verified. */
  claims?: IDToken
  /** What was granted, which may be less than was asked for. */
  scope: string
}
