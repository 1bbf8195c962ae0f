import { type Lease, leaseOf } from '#lib/foundation/lease.ts'
import { direct } from '../db/database.ts'
import { env } from '../env.ts'

/** A lease of this installation's, by its name. */
export function newLease(name: string): Lease {
  const { engine } = env().database
  return leaseOf(name, engine, async (sql, ...values) => (await direct()).write(() => [[sql, ...values]]))
}
