import { errors, jwtVerify } from 'jose'
import { later } from '../clock.ts'
import { env } from '../env.ts'
import { refusal } from '../refusal.ts'
import { trustedKeys } from './issuer-keys.ts'

/** How far the clocks of the issuer and of this server may differ. */
const aheadMilliseconds = 300_000

/**
 * A JWT of the issuer that this server trusts, for one of these audiences: signature, issuer, audience, expiry, and that
 * it was not issued in a time to come: it would be good for longer than it may be.
 *
 * @throws ConnectError UNAUTHENTICATED with the reason; UNAVAILABLE while nobody can know
 * @see https://www.rfc-editor.org/rfc/rfc8725
 */
export async function verified(token: string, audience: string | string[]) {
  try {
    const { protectedHeader, payload } = await jwtVerify(token, trustedKeys().getKey, {
      algorithms: ['ES256'],
      issuer: env().issuer,
      audience,
      currentDate: later(),
      requiredClaims: ['sub', 'exp', 'iat', 'jti'],
    })
    if ((payload.iat ?? 0) * 1000 > later(aheadMilliseconds).getTime()) {
      const detail = 'The token was issued in a time to come: the clocks of the issuer and of this server differ.'
      throw refusal('token_invalid', detail)
    }
    return { type: String(protectedHeader.typ), payload }
  } catch (error) {
    if (error instanceof errors.JWTExpired) {
      throw refusal('token_expired', 'The token has expired. Authenticate again.', { cause: error })
    }
    if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud') {
      const detail = 'The token is for another server: its audience is not the MPC server.'
      throw refusal('audience_wrong', detail, { cause: error })
    }
    if (error instanceof errors.JOSEError || error instanceof TypeError) {
      throw refusal('token_invalid', 'The token is not one that this server’s issuer signed.', { cause: error })
    }
    throw error
  }
}
