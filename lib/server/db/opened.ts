import type { Direct } from '#lib/foundation/direct.ts'
import type { PrismaClient } from '../../../prisma/auth/sqlite/generated/client.ts'

/** A database that is open, of whichever engine: both clients are made of the same models. */
export interface Opened {
  client: PrismaClient
  direct: Direct
  /** Why the storage, and not the question, made a query fail; undefined for every other error. */
  failureOf(error: unknown): string | undefined
  /** What makes all that a transaction reads be of one moment; undefined where that is so anyway. */
  momentLevel?: 'RepeatableRead'
  close(): Promise<void>
}

/** How long a transaction is waited for, and may take; in milliseconds. */
export const transactionOptions = { maxWait: 10_000, timeout: 10_000 }
