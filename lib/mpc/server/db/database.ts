import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { exclusive } from '#lib/foundation/exclusive-adapter.ts'
import { keepToOwner } from '#lib/foundation/file-modes.ts'
import { inASentence } from '#lib/foundation/start-error.ts'
import { failureOf } from '#lib/foundation/storage-failure.ts'
import { migrate } from '../../../../prisma/migrate.ts'
import { Prisma, PrismaClient } from '../../../../prisma/mpc/generated/client.ts'
import { env } from '../env.ts'
import { checkSecret, keepSecretCheck } from './secret-check.ts'

export { Prisma }

/** A transaction that is open: what is written in it is kept together, or not at all. */
export type Transaction = Prisma.TransactionClient

// Milliseconds that the driver waits for another process's lock, and everything here with it; longer waits are beside it.
const driverWait = 10

let opened: Promise<PrismaClient> | undefined

/**
 * The MPC server's database: opened, and brought up to date, on first use. Only `store.ts` files ask for it.
 *
 * @throws StartError
 */
export function database(): Promise<PrismaClient> {
  opened ??= open(env().databaseFile).catch((error) => {
    opened = undefined
    throw error
  })
  return opened
}

/** Runs a transaction that has the write lock from its beginning: what it reads stays true until it commits. */
export async function transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  return (await database()).$transaction(work)
}

/** Closes the database, if it was opened; what was acknowledged is on disk already. */
export async function closeDatabase(): Promise<void> {
  const open = opened
  opened = undefined
  await (await open)?.$disconnect()
}

async function open(file: string): Promise<PrismaClient> {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    checkSecret(file)
    keepToOwner(file)
    migrate(file, join(process.cwd(), 'prisma', 'mpc', 'migrations'))
    keepSecretCheck(file)
  } catch (error) {
    throw inASentence(`The database ${file}`, error, failureOf(error))
  }
  const client = new PrismaClient({
    adapter: exclusive(new PrismaBetterSqlite3({ url: `file:${file}`, timeout: driverWait })),
    transactionOptions: { maxWait: 10_000, timeout: 10_000 },
  })
  // The adapter keeps one connection, so these hold for all that follows. FULL: what was acknowledged survives a power cut.
  await client.$queryRawUnsafe('PRAGMA journal_mode = WAL')
  await client.$executeRawUnsafe('PRAGMA synchronous = FULL')
  await client.$executeRawUnsafe('PRAGMA foreign_keys = ON')
  return client
}
