import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migratePostgresql } from '../../../prisma/migrate-postgresql.ts'

/** Carries out, as a later version of a server that begins, our migrations and one that adds to tables that are in use. */
export async function migrateAsLater(url: string, database: 'auth' | 'mpc', tables: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'playground-later-'))
  const later = join(folder, '99991231235959_later')
  try {
    cpSync(join('prisma', database, 'postgresql/migrations'), folder, { recursive: true })
    mkdirSync(later)
    const columns = tables.map(
      (table) => `ALTER TABLE "${table}" ADD COLUMN "later" TEXT COLLATE "C" NOT NULL DEFAULT '';`,
    )
    const made = 'CREATE TABLE "Later" ("id" TEXT COLLATE "C" NOT NULL, CONSTRAINT "Later_pkey" PRIMARY KEY ("id"));'
    writeFileSync(join(later, 'migration.sql'), [...columns, made].join('\n'))
    await migratePostgresql(url, folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
