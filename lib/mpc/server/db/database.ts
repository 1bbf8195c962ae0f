import { untilNoConflict } from '#lib/foundation/postgresql-failure.ts'
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

/**
 * Runs a transaction: all of what is written in it is kept, or nothing, and what it reads stays true until it commits. On
 * SQLite it has the write lock from its beginning; on PostgreSQL it is run again where another one came between.
 */
export async function transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  const { client, isolationLevel } = await open()
  const attributes = { 'db.system.name': env().database.engine }
  const options = isolationLevel ? { isolationLevel } : {}
  return untilNoConflict(() => step('TRANSACTION', attributes, () => client.$transaction(work, options)))
}

/** Closes the database, if it was opened; what was acknowledged is on disk already. */
export async function closeDatabase(): Promise<void> {
  const open = opened
  opened = undefined
  await (await open)?.close()
}
