import { MpcError } from '#lib/sdk/mpc/index.ts'
import type { Refusal } from './mpc-work.ts'

/** Why an operation ended without what it was for, from what it threw. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof MpcError) return { reason: error.reason, detail: error.message, party: error.party }
  const { code, name, message } = error as { code?: string; name: string; message: string }
  return { reason: typeof code === 'string' ? code : name, detail: message }
}
