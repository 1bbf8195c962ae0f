import { direct, probe } from '../db/database.ts'

/** Writes a little to the disk. */
export async function write(): Promise<void> {
  await (await direct()).write(probe)
}
