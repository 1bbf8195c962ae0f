import { z } from 'zod'

/** The header of a request that is carried out once, and what the same one again does. */
export function onceHeader(description: string) {
  return z.object({ 'idempotency-key': z.string().optional().describe(description) })
}

/** Of a request that makes a secret, which is shown once. */
export const onceWithSecret = onceHeader('The same one again makes nothing, and answers without the secret.')
