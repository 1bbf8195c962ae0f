import type { Prisma, PrismaClient } from '../../../../prisma/mpc/sqlite/generated/client.ts'

/** A database that is open, of whichever engine: both clients are made of the same models. */
export interface Opened {
  client: PrismaClient
  /** What makes a transaction's reads stay true; undefined where it is alone anyway. */
  isolationLevel: Prisma.TransactionIsolationLevel | undefined
  close(): Promise<void>
}

/** How long a transaction is waited for, and may take; in milliseconds. */
export const transactionOptions = { maxWait: 10_000, timeout: 10_000 }
