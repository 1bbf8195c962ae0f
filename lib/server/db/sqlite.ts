import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import type { Direct } from '#lib/foundation/direct.ts'
import { exclusive } from '#lib/foundation/exclusive-adapter.ts'
import { keepToOwner } from '#lib/foundation/file-modes.ts'
import { inASentence } from '#lib/foundation/start-error.ts'
import { failureOf } from '#lib/foundation/storage-failure.ts'
import { PrismaClient } from '../../../prisma/auth/sqlite/generated/client.ts'
import { migrate } from '../../../prisma/migrate.ts'
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
    transactionOptions,
  })
  // The adapter keeps one connection, so these hold for all that follows. FULL: what was acknowledged survives a power cut.
  await client.$queryRawUnsafe('PRAGMA journal_mode = WAL')
  await client.$executeRawUnsafe('PRAGMA synchronous = FULL')
  await client.$executeRawUnsafe('PRAGMA foreign_keys = ON')
  const direct = await connected.promise
  return { client, direct, failureOf, close: () => client.$disconnect() }
}
