import { createHmac, randomBytes } from 'node:crypto'
import { preparedKey } from './root-secret.ts'

/** A secret that is given to somebody once: 256 random bits, base64url. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What is kept of it: HMAC-SHA-256 under a key for this purpose, derived from the root secret. */
export function hashToken(
  token: string,
  purpose: 'invitation' | 'session' | 'client-secret' | 'service' | 'hand-off',
): string {
  return createHmac('sha256', preparedKey(`${purpose}-token`))
    .update(token)
    .digest('base64url')
}
