import { createHash } from 'node:crypto'
import { Problem } from '../problem.ts'
import type { Once } from './store.ts'

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
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([operation, wanted]))
    .digest('base64url')
  return { key, fingerprint }
}
