import { setImmediate as otherWork } from 'node:timers/promises'
import { direct, stampOf } from './database.ts'

// So many rows in one commit hold up nobody.
const atOnce = 200

/**
 * Deletes the rows of a table whose moment is no later than one, however many they are: some at a time, between which others
 * have their turn.
 *
 * @param key the columns of its primary key
 * @param column when a row's time is over; it has an index
 */
export async function deleteInLots(
  { table, key, column }: { table: string; key: readonly string[]; column: string },
  moment: Date,
): Promise<void> {
  const columns = key.map((name) => `"${name}"`).join(', ')
  const old = `SELECT ${columns} FROM "${table}" WHERE "${column}" <= ? LIMIT ${atOnce}`
  const sql = `DELETE FROM "${table}" WHERE (${columns}) IN (${old})`
  while ((await (await direct()).write(() => [[sql, stampOf(moment)]])) === atOnce) await otherWork()
}
