import { direct, rewrite as statements } from '../db/database.ts'

/** Writes to the disk what is there already. */
export async function rewrite(): Promise<void> {
  await (await direct()).write(statements)
}
