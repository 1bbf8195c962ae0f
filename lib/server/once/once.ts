import { createHash } from 'node:crypto'
import type { Place } from '../caller.ts'
import { invalid, Problem } from '../problem.ts'
import { find, type Once, save, type Transaction } from './store.ts'

export type { Once }

/**
 * What an Idempotency-Key stands for: a request, known again by its operation (with its domain, as `keys.create`, since a
 * place has one set of keys for all of them) and what it asked for.
 *
 * @throws Problem invalid_request for a key that is none: 1–255 visible ASCII characters
 */
export function onceOf(key: string, operation: string, wanted: object): Once
export function onceOf(key: string | undefined, operation: string, wanted: object): Once | undefined
export function onceOf(key: string | undefined, operation: string, wanted: object): Once | undefined {
  if (key === undefined) return undefined
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw invalid('Idempotency-Key', 'needs 1–255 visible ASCII characters')
  }
  const members = Object.entries(wanted).sort(([one], [other]) => (one < other ? -1 : 1))
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([operation, members]))
    .digest('base64url')
  return { key, fingerprint }
}

/**
 * The id of what the same request made before, in the last 24 hours; undefined where it is the first, which it stays until
 * the transaction ends: it has the place locked.
 *
 * @throws Problem idempotency_conflict where its key came with another request
 */
export async function doneBefore(tx: Transaction, place: Place, once: Once | undefined): Promise<string | undefined> {
  const kept = once && (await find(tx, place, once))
  if (kept && kept.fingerprint !== once.fingerprint) {
    throw new Problem(
      'idempotency_conflict',
      'This Idempotency-Key came with another request before. Use a new one for each request.',
    )
  }
  return kept?.resultId
}

/** Notes what a request makes, in the transaction that makes it: one that is refused leaves no trace. */
export async function noteOnce(tx: Transaction, place: Place, once: Once | undefined, resultId: string): Promise<void> {
  if (once) await save(tx, place, once, resultId)
}
