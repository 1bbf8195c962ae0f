import { randomUUID } from 'node:crypto'
import { database } from '../db/database.ts'

/** Writes a little to the disk; what changes nothing would not go there. */
export async function write(): Promise<void> {
  const [name, value] = ['write-probe', randomUUID()]
  await (await database()).setting.upsert({ where: { name }, create: { name, value }, update: { value } })
}
