import { createHash } from 'node:crypto'
import type { Place } from '../caller.ts'
import { clock } from '../clock.ts'
import { Problem } from '../problem.ts'
import type { Transaction } from './store.ts'

const keptMilliseconds = 24 * 3_600_000

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

/** What an earlier request with the same key made: its id, or `conflict` where it asked for something else. */
export async function doneBefore(
  tx: Transaction,
  { tenantId, environment }: Place,
  once: Once | undefined,
): Promise<string | undefined> {
  if (!once) return undefined
  await tx.idempotentRequest.deleteMany({ where: { createdAt: { lte: new Date(clock.now() - keptMilliseconds) } } })
  const name = { tenantId, environment, key: once.key }
  const kept = await tx.idempotentRequest.findUnique({ where: { tenantId_environment_key: name } })
  if (!kept) return undefined
  return kept.fingerprint === once.fingerprint ? kept.resultId : 'conflict'
}

/** Notes what a request makes, in the transaction that makes it. */
export async function noteOnce(
  tx: Transaction,
  { tenantId, environment }: Place,
  once: Once | undefined,
  resultId: string,
): Promise<void> {
  const createdAt = new Date(clock.now())
  if (once) await tx.idempotentRequest.create({ data: { tenantId, environment, ...once, resultId, createdAt } })
}
