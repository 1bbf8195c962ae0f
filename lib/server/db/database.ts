import { randomUUID } from 'node:crypto'
import { nameOf } from '#lib/foundation/database-place.ts'
import type { Direct } from '#lib/foundation/direct.ts'
import { untilNoConflict } from '#lib/foundation/postgresql-failure.ts'
import { inASentence } from '#lib/foundation/start-error.ts'
import { tracedClient, tracedDirect } from '#lib/foundation/tracing/traced-database.ts'
import { isTraced, step } from '#lib/foundation/tracing/tracing.ts'
import { Prisma, type PrismaClient } from '../../../prisma/auth/sqlite/generated/client.ts'
import { env } from '../env.ts'
import type { Opened } from './opened.ts'
import { openSqlite } from './sqlite.ts'

export { dateOf, stampOf } from '#lib/foundation/stamps.ts'
export { Prisma }

/** A transaction that is open: what is written in it is kept together, or not at all. */
export type Transaction = Prisma.TransactionClient

// The Next bundle and the entry point are separate module graphs of one process: the client is theirs together.
const shared = globalThis as { playgroundDatabase?: Promise<Opened> }

/** The database: opened, and brought up to date, on first use. Only `store.ts` files ask for it. */
export async function database(): Promise<PrismaClient> {
  const open = await opened()
  return isTraced() ? traced(open).client : open.client
}

/** The same database past Prisma, for what every request asks. Only `store.ts` files ask for it. */
export async function direct(): Promise<Direct> {
  const open = await opened()
  return isTraced() ? traced(open).direct : open.direct
}

const tracedOf = new WeakMap<Opened, Pick<Opened, 'client' | 'direct'>>()

/** Where a collector is told, each of its queries is a step of what is answered. */
function traced(open: Opened): Pick<Opened, 'client' | 'direct'> {
  const { engine } = env().database
  const known = tracedOf.get(open)
  const both = known ?? { client: tracedClient(open.client, engine), direct: tracedDirect(open.direct, engine) }
  tracedOf.set(open, both)
  return both
}

function opened(): Promise<Opened> {
  shared.playgroundDatabase ??= open().catch((error) => {
    delete shared.playgroundDatabase
    throw error
  })
  return shared.playgroundDatabase
}

/**
 * Opens the database as the first use would, and writes to it once, so that what is in the way is said before anything is
 * served.
 *
 * @throws StartError
 */
export async function openDatabase(): Promise<void> {
  const { direct, failureOf } = await opened()
  await direct.write(probe).catch((error) => {
    throw inASentence(`The database ${nameOf(env().database)}`, error, failureOf((error as Error).cause))
  })
}

/**
 * Statements that write to the disk, for whoever wants to know whether it takes that; SQLite leaves out what changes
 * nothing.
 */
export function probe(): [sql: string, value: string][] {
  const sql = `INSERT INTO "Setting" ("name", "value") VALUES ('write-probe', ?)
    ON CONFLICT ("name") DO UPDATE SET "value" = excluded."value"`
  return [[sql, randomUUID()]]
}

/** Closes the database, if it was opened; what was acknowledged is on disk already. */
export async function closeDatabase(): Promise<void> {
  const opened = shared.playgroundDatabase
  delete shared.playgroundDatabase
  await (await opened)?.close()
}

async function open(): Promise<Opened> {
  const { database } = env()
  // Its client is loaded only where there is one.
  return database.engine === 'sqlite'
    ? openSqlite(database.file)
    : (await import('./postgresql.ts')).openPostgresql(database.url)
}

/**
 * Runs a transaction: all of what is written in it is kept, or nothing. On SQLite it is alone from its beginning; on PostgreSQL
 * it sees what others commit meanwhile, except to what it locked (`lockPlace`, or a row that it wrote), and is run again where
 * it and another one wait for each other.
 */
export async function transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  return run(work)
}

/** Runs a transaction that reads alone: all of it is of one moment, whatever others commit meanwhile. */
export async function atOneMoment<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  const { momentLevel } = await opened()
  // A level that SQLite's client, which the types are of, does not have.
  return run(work, momentLevel && { isolationLevel: momentLevel as Prisma.TransactionIsolationLevel })
}

async function run<Result>(
  work: (tx: Transaction) => Promise<Result>,
  options?: { isolationLevel: Prisma.TransactionIsolationLevel },
): Promise<Result> {
  const { client } = await opened()
  const attributes = { 'db.system.name': env().database.engine }
  return untilNoConflict(() => step('TRANSACTION', attributes, () => client.$transaction(work, options)))
}

/** The outcome of a write, or undefined where a unique value of it is taken: the database decides, not a look before. */
export async function unlessTaken<Result>(write: Promise<Result>): Promise<Result | undefined> {
  try {
    return await write
  } catch (error) {
    // By its code: the error's class may be of the other module graph.
    if ((error as { code?: string }).code === 'P2002') return undefined
    throw error
  }
}
