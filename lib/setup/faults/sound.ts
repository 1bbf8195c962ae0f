import Database from 'better-sqlite3'
import { expect } from 'vitest'
import { fileOf } from '#lib/foundation/database-place.ts'
import { type Checked, checkLedger, type Finding } from '../../server/account/check/check.ts'
import { env } from '../../server/env.ts'

/** Asserts that SQLite finds nothing wrong with its file. PostgreSQL looks after its own. */
export function expectSound(how: 'quick_check' | 'integrity_check'): void {
  if (env().database.engine !== 'sqlite') return
  const file = new Database(fileOf(env().database), { readonly: true })
  const found = [file.pragma(how, { simple: true }), file.pragma('foreign_key_check')]
  file.close()
  expect(found).toEqual(['ok', []])
}

/** Asserts that the books are right. */
export async function expectBalanced(): Promise<void> {
  const found: Finding[] = []
  const checked: Checked = { accounts: 0, transactions: 0, topUps: 0, reservations: 0 }
  for await (const finding of checkLedger(checked)) found.push(finding)
  expect(found).toEqual([])
}
