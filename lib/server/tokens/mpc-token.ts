import { errors as joseErrors, jwtVerify } from 'jose'
import { audienceOf, type TokenClaims } from '#lib/contract/token.ts'
import { clock } from '../clock.ts'
import { env } from '../env.ts'
import { isCanonical } from './canonical.ts'
import { publicKey } from './signing-keys.ts'

/** What a token for the MPC server says, whichever kind it is. */
export type MpcClaims = Pick<TokenClaims, 'sub' | 'providerTenantId' | 'providerTenantName' | 'environment'> & {
  azp?: string
  /** Of a user's own token. */
  passkeyId?: string
  preferred_username?: string
  /** Of an OAuth access token. */
  client_id?: string
  scope?: string
  grant_id?: string
}

/**
 * Verifies a token for the MPC server: a user's own, or an OAuth access token for that resource. Signature, issuer, audience
 * and expiry; whether what it stands on is still there, it does not ask.
 *
 * @throws JOSEError for any other token: JWTExpired, JWTClaimValidationFailed for a wrong claim, and others
 */
export async function verifyMpcToken(token: string): Promise<MpcClaims> {
  if (!isCanonical(token)) throw new joseErrors.JWSInvalid('not canonical base64url')
  const { payload, protectedHeader } = await jwtVerify<MpcClaims>(
    token,
    async ({ kid }) => {
      const key = kid === undefined ? undefined : await publicKey(kid)
      if (!key) throw new joseErrors.JWKSNoMatchingKey()
      return key
    },
    {
      algorithms: ['ES256'],
      issuer: env().baseUrl,
      audience: [audienceOf('live'), audienceOf('test')],
      currentDate: new Date(clock.now()),
      requiredClaims: ['sub', 'exp', 'providerTenantId', 'providerTenantName', 'environment'],
    },
  )
  if (payload.aud !== audienceOf(payload.environment)) {
    throw new joseErrors.JWTClaimValidationFailed('of another environment', payload, 'aud', 'check_failed')
  }
  const needed = { JWT: 'passkeyId', 'at+jwt': 'client_id' }[String(protectedHeader.typ)]
  if (needed === undefined || !(needed in payload)) {
    throw new joseErrors.JWTClaimValidationFailed('of another kind', payload, 'typ', 'check_failed')
  }
  if (payload.cnf !== undefined) {
    throw new joseErrors.JWTClaimValidationFailed('bound to a key', payload, 'cnf', 'check_failed')
  }
  return payload
}
