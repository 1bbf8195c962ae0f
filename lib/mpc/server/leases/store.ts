import { type Lease, leaseOf } from '#lib/foundation/lease.ts'
import { database } from '../db/database.ts'
import { env } from '../env.ts'

/** A lease of those that serve on this database, by its name. */
export function newLease(name: string): Lease {
  const { engine } = env().database
  return leaseOf(name, engine, async (sql, ...values) => (await database()).$executeRawUnsafe(sql, ...values))
}
