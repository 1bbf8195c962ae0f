import type { HeldCredential } from './credential.ts'
import type { Overrides } from './overrides.ts'
import type { AuthenticatorSettings } from './settings.ts'

// What an authenticator decides before it answers, as one that is real would; wrongly where the overrides ask for it.

/**
 * The first algorithm that both know, as a COSE number.
 *
 * @throws DOMException NotSupportedError
 */
export function chosenAlgorithm(
  { pubKeyCredParams }: { pubKeyCredParams: readonly { alg: number }[] },
  algorithms: readonly number[],
): number {
  const chosen = pubKeyCredParams.find(({ alg }) => algorithms.includes(alg))
  if (!chosen) throw new DOMException('no algorithm in common', 'NotSupportedError')
  return chosen.alg
}

/** @throws DOMException InvalidStateError where one of the excluded credentials is held */
export function refuseExcluded(
  { excludeCredentials = [] }: { excludeCredentials?: readonly { id: string }[] | undefined },
  holds: (id: string) => unknown,
): void {
  if (excludeCredentials.some(({ id }) => holds(id)))
    throw new DOMException('an excluded credential is held here', 'InvalidStateError')
}

/** @throws DOMException NotAllowedError where the user has to be verified, and cannot be */
export function refuseUnverifiable(
  userVerification: string | undefined,
  { verifiesUsers }: Pick<AuthenticatorSettings, 'verifiesUsers'>,
  { flags }: Overrides,
): void {
  if (userVerification === 'required' && !verifiesUsers && flags === undefined)
    throw new DOMException('the user cannot be verified here', 'NotAllowedError')
}

/**
 * The newest credential of the RP ID that is allowed, or where nothing is listed, that can be discovered.
 *
 * @throws DOMException NotAllowedError where there is none
 */
export function chosenCredential<Held extends HeldCredential>(
  held: readonly Held[],
  rpId: string,
  allowCredentials: readonly { id: string }[] | undefined,
): Held {
  const allowed = allowCredentials?.map(({ id }) => id) ?? []
  const chosen = held
    .filter((one) => one.rpId === rpId)
    .findLast((one) => (allowed.length > 0 ? allowed.includes(one.id) : one.discoverable))
  if (!chosen) throw new DOMException('no credential for this request', 'NotAllowedError')
  return chosen
}

/** Those that a new credential takes the place of (CTAP 2.1 §6.1.2): an authenticator has one of a user that can be discovered. */
export function replacedBy<Held extends HeldCredential>(made: HeldCredential, held: readonly Held[]): Held[] {
  const isSame = (one: Held) => one.discoverable && one.rpId === made.rpId && one.userHandle === made.userHandle
  return made.discoverable ? held.filter((one) => one.id !== made.id && isSame(one)) : []
}

/**
 * Whether options ask for a credential that can be discovered: beside `residentKey`, Level 1's member counts nothing.
 *
 * @see https://www.w3.org/TR/webauthn-3/#dom-authenticatorselectioncriteria-residentkey
 */
export function asksDiscoverable({
  requireResidentKey = false,
  residentKey,
}: {
  requireResidentKey?: boolean
  residentKey?: string
} = {}): boolean {
  return residentKey === undefined ? requireResidentKey : ['required', 'preferred'].includes(residentKey)
}
