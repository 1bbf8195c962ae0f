import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import type { Direct } from '#lib/foundation/direct.ts'
import { exclusive } from '#lib/foundation/exclusive-adapter.ts'
import { keepToOwner } from '#lib/foundation/file-modes.ts'
import { inASentence } from '#lib/foundation/start-error.ts'
import { failureOf } from '#lib/foundation/storage-failure.ts'
import { Prisma, PrismaClient } from '../../../prisma/generated/client.ts'
import { migrate } from '../../../prisma/migrate.ts'
import { env } from '../env.ts'
import { checkSecret, keepSecretCheck } from './secret-check.ts'

export { dateOf, stampOf, stampValue } from '#lib/foundation/stamps.ts'
export { Prisma }

/** A transaction that is open: what is written in it is kept together, or not at all. */
export type Transaction = Prisma.TransactionClient

// Milliseconds that the driver waits for another process's lock, and everything here with it; longer waits are beside it.
const driverWait = 10

// The Next bundle and the entry point are separate module graphs of one process: the client is theirs together.
const shared = globalThis as { playgroundDatabase?: Promise<Opened> }

interface Opened {
  client: PrismaClient
  direct: Direct
}

/** The database: opened, and brought up to date, on first use. Only `store.ts` files ask for it. */
export async function database(): Promise<PrismaClient> {
  return (await opened()).client
}

/** The same database past Prisma, for what every request asks. Only `store.ts` files ask for it. */
export async function direct(): Promise<Direct> {
  return (await opened()).direct
}

function opened(): Promise<Opened> {
  shared.playgroundDatabase ??= open(env().databaseFile).catch((error) => {
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
  const { direct } = await opened()
  await direct.write(probe).catch((error) => {
    throw inASentence(`The database ${env().databaseFile}`, error, failureOf((error as Error).cause))
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
  await (await opened)?.client.$disconnect()
}

async function open(file: string): Promise<Opened> {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    keepToOwner(file)
    checkSecret(file)
    migrate(file)
    keepSecretCheck(file)
  } catch (error) {
    throw inASentence(`The database ${file}`, error, failureOf(error))
  }
  const connected = Promise.withResolvers<Direct>()
  const client = new PrismaClient({
    adapter: exclusive(new PrismaBetterSqlite3({ url: `file:${file}`, timeout: driverWait }), connected.resolve),
    transactionOptions: { maxWait: 10_000, timeout: 10_000 },
  })
  // The adapter keeps one connection, so these hold for all that follows. FULL: what was acknowledged survives a power cut.
  await client.$queryRawUnsafe('PRAGMA journal_mode = WAL')
  await client.$executeRawUnsafe('PRAGMA synchronous = FULL')
  await client.$executeRawUnsafe('PRAGMA foreign_keys = ON')
  return { client, direct: await connected.promise }
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
