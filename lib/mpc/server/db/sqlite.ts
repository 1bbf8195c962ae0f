import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { exclusive } from '#lib/foundation/exclusive-adapter.ts'
import { keepToOwner } from '#lib/foundation/file-modes.ts'
import { inASentence } from '#lib/foundation/start-error.ts'
import { failureOf } from '#lib/foundation/storage-failure.ts'
import { migrate } from '../../../../prisma/migrate.ts'
import { PrismaClient } from '../../../../prisma/mpc/sqlite/generated/client.ts'
import { type Opened, transactionOptions } from './opened.ts'
import { checkSecret, keepSecretCheck } from './secret-check.ts'

// Milliseconds that the driver waits for another process's lock, and everything here with it; longer waits are beside it.
const driverWait = 10

/**
 * Opens a file of SQLite's, made where there is none, and brings it up to date.
 *
 * @throws StartError
 */
export async function openSqlite(file: string): Promise<Opened> {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    checkSecret(file)
    keepToOwner(file)
    migrate(file, join(process.cwd(), 'prisma/mpc/sqlite/migrations'))
    keepSecretCheck(file)
  } catch (error) {
    throw inASentence(`The database ${file}`, error, failureOf(error))
  }
  const client = new PrismaClient({
    adapter: exclusive(new PrismaBetterSqlite3({ url: `file:${file}`, timeout: driverWait })),
    transactionOptions,
  })
  // The adapter keeps one connection, so these hold for all that follows. FULL: what was acknowledged survives a power cut.
  await client.$queryRawUnsafe('PRAGMA journal_mode = WAL')
  await client.$executeRawUnsafe('PRAGMA synchronous = FULL')
  await client.$executeRawUnsafe('PRAGMA foreign_keys = ON')
  return { client, isolationLevel: undefined, close: () => client.$disconnect() }
}
