import type { Write } from '#lib/foundation/direct.ts'
import type { Transaction } from './database.ts'

export type { Write }

/** Runs statements that write in a transaction that is open; how many rows they changed. */
export async function writeIn(tx: Transaction, writes: readonly Write[]): Promise<number> {
  let all = 0
  for (const write of writes) {
    const [sql, ...values] = 'first' in write ? write.first : write
    const changes = await tx.$executeRawUnsafe(sql, ...values)
    all += changes
    if (changes > 0 && 'first' in write) all += await writeIn(tx, write.next())
  }
  return all
}
