import { join } from 'node:path'
import { nameOf } from '#lib/foundation/database-place.ts'
import { postgresqlAdapter } from '#lib/foundation/postgresql-adapter.ts'
import { postgresqlDirect } from '#lib/foundation/postgresql-direct.ts'
import { failureOf } from '#lib/foundation/postgresql-failure.ts'
import { newPool } from '#lib/foundation/postgresql-pool.ts'
import { inASentence } from '#lib/foundation/start-error.ts'
import { migratePostgresql } from '../../../../prisma/migrate-postgresql.ts'
import { PrismaClient } from '../../../../prisma/mpc/postgresql/generated/client.ts'
import { type Opened, transactionOptions } from './opened.ts'
import { keepSecretCheckIn } from './secret-check.ts'

/**
 * Opens a database of a PostgreSQL server, which is to be there, and brings it up to date.
 *
 * @throws StartError
 */
export async function openPostgresql(url: string): Promise<Opened> {
  const name = nameOf({ engine: 'postgresql', url })
  const pool = newPool(url)
  const direct = postgresqlDirect(pool)
  try {
    await migratePostgresql(url, join(process.cwd(), 'prisma/mpc/postgresql/migrations'))
    await keepSecretCheckIn(direct, name)
  } catch (error) {
    await pool.end()
    throw inASentence(`The database ${name}`, error, failureOf(error))
  }
  const client = new PrismaClient({ adapter: postgresqlAdapter(pool), transactionOptions })
  return {
    // Made of the same models: what differs is how it writes SQL.
    client: client as unknown as Opened['client'],
    isolationLevel: 'Serializable',
    async close() {
      await client.$disconnect()
      await pool.end()
    },
  }
}
