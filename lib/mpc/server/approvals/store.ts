import { longOver } from '../clock.ts'
import { database, type Transaction } from '../db/database.ts'

export type { Transaction }

/** Notes that an approval is used; false where it was before. What is written with it is undone where the transaction is. */
export async function use(jti: string, expiresAt: Date, tx: Transaction): Promise<boolean> {
  if (await tx.usedApproval.findUnique({ where: { jti } })) return false
  await tx.usedApproval.create({ data: { jti, expiresAt } })
  return true
}

/** Forgets those that have expired by every clock, and so are good for nothing. */
export async function removeExpired(): Promise<void> {
  await (await database()).usedApproval.deleteMany({ where: { expiresAt: { lt: longOver() } } })
}
