import { randomUUID } from 'node:crypto'
import { errors as joseErrors, jwtVerify } from 'jose'
import { type AuthenticationMethod, audienceOf, type TokenClaims } from '#lib/contract/token.ts'
import { type Caller, partyOf } from '../caller.ts'
import { clock } from '../clock.ts'
import { env } from '../env.ts'
import { Problem } from '../problem.ts'
import { isCanonical } from './canonical.ts'
import { currentKey, publicKey, tokenSeconds } from './signing-keys.ts'

/** Who signed in, and how: what a token is issued for. */
export interface SignIn {
  user: { id: string; username: string }
  passkey: { id: string; backupEligible: boolean }
  userVerified: boolean
}

/** The user that a token speaks for. */
export interface TokenUser {
  userId: string
  username: string
  /** The passkey that the token came from; it may be gone since. */
  passkeyId: string
  /** Epoch seconds of the passkey authentication. */
  authTime: number
}

/**
 * Issues a user's token: a JWT that the MPC server takes, with the tenant that the request will be counted for.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7519
 * @see https://www.rfc-editor.org/rfc/rfc8176#section-2 (amr)
 */
export async function issue(
  caller: Caller,
  { user, passkey, userVerified }: SignIn,
): Promise<{ token: string; expiresIn: number }> {
  const now = Math.floor(clock.now() / 1000)
  const { sign } = await currentKey()
  const claims: TokenClaims = {
    providerTenantId: caller.tenant.id,
    providerTenantName: caller.tenant.name,
    environment: caller.environment,
    aud: audienceOf(caller.environment),
    sub: user.id,
    preferred_username: user.username,
    amr: methodsOf({ passkey, userVerified }),
    passkeyId: passkey.id,
    auth_time: now,
    iat: now,
    exp: now + tokenSeconds,
    jti: randomUUID(),
    azp: partyOf(caller),
    iss: env().baseUrl,
  }
  return { token: sign(claims, 'JWT'), expiresIn: tokenSeconds }
}

/** How somebody signed in, as the claim `amr` says it. */
export function methodsOf({
  passkey,
  userVerified,
}: {
  passkey: Pick<SignIn['passkey'], 'backupEligible'>
  userVerified: boolean
}): AuthenticationMethod[] {
  return ['pop', passkey.backupEligible ? 'swk' : 'hwk', 'user', ...(userVerified ? ['mfa' as const] : [])]
}

/**
 * Verifies a user's token for a caller: signature, issuer, audience, expiry, and that it is of the caller's own tenant
 * and environment.
 *
 * @throws Problem token_invalid
 */
export async function verify(caller: Caller, token: string): Promise<TokenUser> {
  try {
    if (!isCanonical(token)) throw new joseErrors.JWSInvalid('not canonical base64url')
    const { payload } = await jwtVerify<TokenClaims>(
      token,
      async ({ kid }) => {
        const key = kid === undefined ? undefined : await publicKey(kid)
        if (!key) throw new joseErrors.JWKSNoMatchingKey()
        return key
      },
      {
        algorithms: ['ES256'],
        typ: 'JWT',
        issuer: env().baseUrl,
        audience: audienceOf(caller.environment),
        currentDate: new Date(clock.now()),
        requiredClaims: ['sub', 'exp', 'auth_time', 'preferred_username', 'passkeyId'],
      },
    )
    if (payload.providerTenantId !== caller.tenant.id || payload.environment !== caller.environment) {
      throw new joseErrors.JWTClaimValidationFailed('of another tenant', payload, 'providerTenantId')
    }
    return {
      userId: payload.sub,
      username: payload.preferred_username,
      passkeyId: payload.passkeyId,
      authTime: payload.auth_time,
    }
  } catch (error) {
    if (!(error instanceof joseErrors.JOSEError)) throw error
    const why = error instanceof joseErrors.JWTExpired ? 'has expired' : 'is not one of this tenant and environment'
    throw new Problem('token_invalid', `The token in X-User-Token ${why}. Authenticate again.`, { cause: error })
  }
}
