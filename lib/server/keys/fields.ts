import { canonicalRange } from '#lib/contract/address-range.ts'
import { scopeNames } from '#lib/contract/scopes.ts'
import { clock } from '../clock.ts'
import { invalid } from '../problem.ts'

// How what was asked for is kept.

/** Scopes in the order of the catalogue, each once. */
export function scopesInOrder(scopes: string[]): string {
  return scopeNames.filter((scope) => scopes.includes(scope)).join(' ')
}

/** Addresses and ranges in their canonical form, each once. */
export function canonicalAddresses(allowedIps: string[]): string {
  return [...new Set(allowedIps.map(canonicalRange))].join(' ')
}

/**
 * A moment to come.
 *
 * @throws Problem invalid_request
 */
export function inFuture(text: string | null): Date | null {
  if (text === null) return null
  const date = new Date(text)
  if (date.getTime() <= clock.now()) throw invalid('expiresAt', 'is in the past')
  return date
}
