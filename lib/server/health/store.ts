import { direct } from '../db/database.ts'

/** Writes to the disk what is there already. */
export async function rewrite(): Promise<void> {
  const sql = `UPDATE "Setting" SET "value" = "value" WHERE "name" = 'root-secret-check'`
  await (await direct()).write(() => [[sql]])
}
