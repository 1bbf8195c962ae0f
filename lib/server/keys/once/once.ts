import { createHash } from 'node:crypto'
import { Problem } from '../../problem.ts'

/** A request that is carried out once: the key it came with, and what it asked for. */
export interface Once {
  key: string
  fingerprint: string
}

/**
 * What an Idempotency-Key stands for: a request, known again by its operation and what it asked for.
 *
 * @throws Problem invalid_request for a key that is none: 1–255 visible ASCII characters
 */
export function onceOf(key: string | undefined, operation: string, wanted: object): Once | undefined {
  if (key === undefined) return undefined
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    const message = 'needs 1–255 visible ASCII characters'
    throw new Problem('invalid_request', `Idempotency-Key: ${message}`, {
      issues: [{ path: 'Idempotency-Key', message }],
    })
  }
  const members = Object.entries(wanted).sort(([one], [other]) => (one < other ? -1 : 1))
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([operation, members]))
    .digest('base64url')
  return { key, fingerprint }
}
