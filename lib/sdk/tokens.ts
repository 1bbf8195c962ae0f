import { createRemoteJWKSet, customFetch, errors, jwtVerify } from 'jose'
import type { TokenClaims } from '#lib/contract/token.ts'
import { ConnectionError } from './connection-error.ts'

export type { TokenClaims } from '#lib/contract/token.ts'
export { ConnectionError } from './connection-error.ts'

/** What a token must be to be taken. */
export interface Expected {
  /** The auth server's BASE_URL. Its keys are published below it. */
  issuer: string
  /** For whom the token is to be: `mpc-server` of the live environment, `mpc-server:test` of the test environment. */
  audience: string | string[]
  /** Seconds by which clocks may differ: 5 by default. */
  clockTolerance?: number
  /** Stands in for the global fetch. */
  fetch?: typeof fetch
}

/** The token is not to be believed. The token itself is not in it. */
export class TokenRefusedError extends Error {
  override name = 'TokenRefusedError'
  /** Stable: `expired`; `claim` for one that is missing or not as expected; `signature`; `malformed` for what is no token of this kind. */
  readonly reason: 'expired' | 'claim' | 'signature' | 'malformed'

  constructor(reason: TokenRefusedError['reason'], message: string) {
    super(message)
    this.reason = reason
  }
}

type Keys = ReturnType<typeof createRemoteJWKSet>

/** The keys of each issuer, by what fetches them. */
const known = new WeakMap<typeof fetch, Map<string, Keys>>()

/**
 * Verifies a user's token: its ES256 signature by a key of the issuer's, its type, issuer, audience and times. The
 * issuer's keys are kept, and asked for again where the token names one that is not among them.
 *
 * It does not ask the server: a passkey that was deleted meanwhile does not show before the token expires.
 *
 * @throws TokenRefusedError; ConnectionError where the issuer's keys cannot be read, which says nothing of the token
 */
export async function verifyToken(jwt: string, expected: Expected): Promise<TokenClaims> {
  const { issuer, audience, clockTolerance = 5, fetch = globalThis.fetch } = expected
  if (!issuer || !audience || audience.length === 0) throw new TypeError('verifyToken needs an issuer and an audience.')
  try {
    const { payload } = await jwtVerify(jwt, keysOf(issuer, fetch), {
      ...{ issuer, audience, clockTolerance },
      ...{ algorithms: ['ES256'], typ: 'JWT', requiredClaims: ['sub', 'iat', 'exp', 'providerTenantId'] },
    })
    return payload as unknown as TokenClaims
  } catch (error) {
    throw refusal(error)
  }
}

function keysOf(issuer: string, fetch: typeof globalThis.fetch): Keys {
  const ofFetch = known.get(fetch) ?? new Map<string, Keys>()
  known.set(fetch, ofFetch)
  const url = new URL(`${issuer.replace(/\/+$/, '')}/.well-known/jwks.json`)
  const keys = ofFetch.get(url.href) ?? createRemoteJWKSet(url, { [customFetch]: (url, init) => fetch(url, init) })
  ofFetch.set(url.href, keys)
  return keys
}

function refusal(error: unknown): unknown {
  if (!(error instanceof errors.JOSEError)) {
    return error instanceof TypeError
      ? new ConnectionError(`The issuer’s keys cannot be read: ${error.message}.`)
      : error
  }
  if (error instanceof errors.JWTExpired) return new TokenRefusedError('expired', 'The token has expired.')
  if (error instanceof errors.JWTClaimValidationFailed)
    return new TokenRefusedError('claim', `The token’s ${error.claim} is not as expected.`)
  if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWKSNoMatchingKey)
    return new TokenRefusedError('signature', 'The token’s signature is by no key of the issuer’s.')
  if (/^ERR_(?:JWKS_TIMEOUT|JWKS_INVALID|JOSE_GENERIC)$/.test(error.code))
    return new ConnectionError(`The issuer’s keys cannot be read: ${error.message}.`)
  return new TokenRefusedError('malformed', 'This is no token of a user of this server.')
}
