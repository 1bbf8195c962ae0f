import { type ErrorCode, errors } from '#lib/contract/errors.ts'

const checks: Record<string, string> = {
  origin: 'Origin not allowed',
  'top-origin': 'Shown inside a page that is not allowed',
  'cross-origin': 'Asked from inside another site’s page',
  'rp-id-hash': 'Made for another RP ID',
  challenge: 'Not the challenge that was sent',
  signature: 'Signature does not verify',
  'sign-count': 'Counter did not grow',
  'user-present': 'Nobody was present',
  'user-verified': 'User was not verified',
  'credential-known': 'Passkey not known here',
  'credential-not-registered': 'Passkey registered already',
  'credential-owner': 'Another user’s passkey',
  'attestation-trust': 'Nobody trusted vouches for it',
  algorithm: 'Algorithm not asked for',
}

/** Why requests were refused, in words: the check that failed, or what the code is called. The same on every page. */
export function reasonWords({ reason }: { reason: string }): string {
  const plain = reason.replaceAll(/[_-]/g, ' ')
  return checks[reason] ?? errors[reason as ErrorCode]?.title ?? plain.charAt(0).toUpperCase() + plain.slice(1)
}

/** The same inside of a sentence. */
export function reasonWithin(reason: { reason: string }): string {
  const words = reasonWords(reason)
  return words.charAt(0).toLowerCase() + words.slice(1)
}
