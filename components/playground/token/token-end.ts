import type { AuthenticateFinished } from '#lib/contract/passkeys.ts'
import { tokenParts } from './token-parts.ts'

/**
 * When a token ends by its own claim, but never later than its lifetime from when it came: this device's clock may be
 * behind. Both in epoch milliseconds.
 */
export function endOf({ token, expiresIn }: AuthenticateFinished, came: number): number {
  const { exp } = tokenParts(token).payload
  const latest = came + expiresIn * 1000
  return typeof exp === 'number' ? Math.min(exp * 1000, latest) : latest
}
