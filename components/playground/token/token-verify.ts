import { type Audience, audienceOf, type TokenClaims } from '#lib/contract/token.ts'
import { tokenParts } from './token-parts.ts'

/** How far the verification of a token is, and what came of it. */
export type TokenVerification =
  | { state: 'verifying' }
  | { state: 'verified'; alg: string; kid: string }
  | { state: 'refused'; reason: string; detail: string; code: string }

/** The audience that a token must name, by the environment that it claims to be of. */
export function expectedAudience(payload: Record<string, unknown>): Audience {
  return audienceOf(payload.environment === 'live' ? 'live' : 'test')
}

/** What a token must say of itself to be believed here. */
export interface Expected {
  /** Of the header; undefined: any. */
  typ?: string
  audience: string
  claims: readonly string[]
}

/** What a user's own token must say, for the environment that it claims to be of. */
export function expectedOfUserToken(payload: Record<string, unknown>): Expected {
  return {
    typ: 'JWT',
    audience: expectedAudience(payload),
    claims: ['exp', 'sub', 'providerTenantId', 'providerTenantName'],
  }
}

/**
 * Verifies a token as a relying service would: signature against this server's published keys, issuer, audience, expiry.
 *
 * `baseUrl` is the issuer that the token must name, `server` the origin that this page can reach the server at.
 *
 * Never throws; jose comes in its own chunk, when there is a token to verify.
 */
export async function verifyToken(
  token: string,
  baseUrl: string,
  server: string,
  expected: Expected = expectedOfUserToken(tokenParts(token).payload),
): Promise<TokenVerification> {
  try {
    const { createRemoteJWKSet, jwtVerify } = await import('jose')
    const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', server))
    const { protectedHeader } = await jwtVerify<TokenClaims>(token, keys, {
      algorithms: ['ES256'],
      ...(expected.typ ? { typ: expected.typ } : {}),
      issuer: baseUrl,
      audience: expected.audience,
      requiredClaims: [...expected.claims],
    })
    return { state: 'verified', alg: protectedHeader.alg, kid: protectedHeader.kid ?? 'without an id' }
  } catch (error) {
    return refusal(error, server)
  }
}

function refusal(error: unknown, server: string): TokenVerification {
  const { code = '', message = '', claim = '' } = error as { code?: string; message?: string; claim?: string }
  const refused = (reason: string, detail: string): TokenVerification => ({
    state: 'refused',
    reason,
    detail,
    code: code || message,
  })
  switch (code) {
    case 'ERR_JWT_EXPIRED':
      return refused('The token has expired', 'Its signature is good. Authenticate again for a new one.')
    case 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED':
      return refused(
        'The signature is not valid',
        'The token was changed after it was signed, or another key signed it.',
      )
    case 'ERR_JWKS_NO_MATCHING_KEY':
      return refused('No key of this server signed it', `The token’s kid is not in ${server}/.well-known/jwks.json.`)
    case 'ERR_JWT_CLAIM_VALIDATION_FAILED':
      return refused(`The claim ${claim} is not right`, 'The signature is good, but the token is not for here.')
    case 'ERR_JWS_INVALID':
    case 'ERR_JWT_INVALID':
      return refused('This is not a signed JWT', message)
    case 'ERR_JOSE_ALG_NOT_ALLOWED':
      return refused('The algorithm is not allowed', 'Only ES256 is accepted here.')
    default:
      return refused('The server’s keys could not be read', `Fetching ${server}/.well-known/jwks.json failed.`)
  }
}
