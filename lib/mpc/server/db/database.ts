import { step } from '#lib/foundation/tracing/tracing.ts'
import { Prisma, type PrismaClient } from '../../../../prisma/mpc/sqlite/generated/client.ts'
import { env } from '../env.ts'
import type { Opened } from './opened.ts'
import { openSqlite } from './sqlite.ts'

export { Prisma }

/** A transaction that is open: what is written in it is kept together, or not at all. */
export type Transaction = Prisma.TransactionClient

let opened: Promise<Opened> | undefined

/**
 * The MPC server's database: opened, and brought up to date, on first use. Only `store.ts` files ask for it.
 *
 * @throws StartError
 */
export async function database(): Promise<PrismaClient> {
  return (await open()).client
}

function open(): Promise<Opened> {
  opened ??= openPlace().catch((error) => {
    opened = undefined
    throw error
  })
  return opened
}

async function openPlace(): Promise<Opened> {
  const { database } = env()
  // Its client is loaded only where there is one.
  return database.engine === 'sqlite'
    ? openSqlite(database.file)
    : (await import('./postgresql.ts')).openPostgresql(database.url)
}

const mostTries = 10

/**
 * Runs a transaction: all of what is written in it is kept, or nothing, and what it reads stays true until it commits. On
 * SQLite it has the write lock from its beginning; on PostgreSQL it is run again where another one came between.
 */
export async function transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  const { client, isConflict, isolationLevel } = await open()
  for (let tries = 1; ; tries++) {
    try {
      return await step('TRANSACTION', { 'db.system.name': env().database.engine }, () =>
        client.$transaction(work, isolationLevel ? { isolationLevel } : {}),
      )
    } catch (error) {
      if (!isConflict(error) || tries === mostTries) throw error
    }
  }
}

/** Closes the database, if it was opened; what was acknowledged is on disk already. */
export async function closeDatabase(): Promise<void> {
  const open = opened
  opened = undefined
  await (await open)?.close()
}
