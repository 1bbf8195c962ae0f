import { canonicalBase64url } from '#lib/webauthn/decode/bytes.ts'

/**
 * Whether every part of a JWT is base64url in the one way that its bytes are written. Libraries read it loosely, so that
 * some other texts would be the same token.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7515#section-2
 */
export function isCanonical(jwt: string): boolean {
  return jwt.split('.').every((part) => canonicalBase64url.test(part))
}
