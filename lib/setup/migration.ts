import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { migrate } from '../../prisma/migrate.ts'
import { migratePostgresql } from '../../prisma/migrate-postgresql.ts'
import { databases, modelsOf, type Provider, toModels } from '../../prisma/to-models.ts'
import { postgresql } from './postgresql.mjs'
import { startPostgresql } from './postgresql-server.ts'
import { withCollation, withWhatWasLost } from './whole-migration.ts'

// npm run migration -- NAME: writes what is missing between the migrations and the models, for both engines, by databases that
// are made for it here. Prisma has no word for indexes of some rows, checks and triggers: what those need is written by hand.

const [name = ''] = process.argv.slice(2)
if (!/^[a-z][a-z\d_]*$/.test(name)) {
  console.error('Say what the migration is for, in lower case with underscores: npm run migration -- hand_offs')
  process.exit(1)
}
const folder = mkdtempSync(join(tmpdir(), 'playground-migration-'))
await postgresql()
const server = await startPostgresql({ fsync: 'off' })
try {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  for (const database of databases) await write(database, `${stamp}_${name}`)
} finally {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}

async function write(database: string, migration: string): Promise<void> {
  const migrations = (provider: Provider) => join('prisma', database, provider, 'migrations')
  const models = modelsOf(database)
  const file = join(folder, `${database}.db`)
  migrate(file, migrations('sqlite'))
  const url = await server.create(database)
  await migratePostgresql(url, migrations('postgresql'))
  const missing = {
    sqlite: withWhatWasLost(await toModels('sqlite', file, models), new Database(file, { readonly: true })),
    postgresql: withCollation(await toModels('postgresql', url, models)),
  }
  if (!missing.sqlite && !missing.postgresql) return console.log(`${database}: the migrations have all of the models.`)
  for (const provider of ['sqlite', 'postgresql'] as const) {
    const to = join(migrations(provider), migration)
    mkdirSync(to)
    writeFileSync(join(to, 'migration.sql'), missing[provider] || '-- Nothing changes on this engine.\n')
    console.log(`${database}: ${join(to, 'migration.sql')}`)
  }
}
