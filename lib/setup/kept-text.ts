import { existsSync, readFileSync } from 'node:fs'
import pg from 'pg'
import type { DatabasePlace } from '#lib/foundation/database-place.ts'

/** Everything that a database keeps, as one text: of SQLite its files, of PostgreSQL each row of each table. */
export async function keptText(place: DatabasePlace): Promise<string> {
  if (place.engine === 'sqlite') {
    const files = [place.file, `${place.file}-wal`].filter(existsSync)
    return files.map((file) => readFileSync(file, 'latin1')).join('\n')
  }
  const client = new pg.Client({ connectionString: place.url })
  await client.connect()
  try {
    const tables = await client.query(`SELECT tablename FROM pg_tables WHERE schemaname = 'public'`)
    const texts: string[] = []
    for (const { tablename } of tables.rows) {
      const { rows } = await client.query({ text: `SELECT * FROM "${tablename}"`, rowMode: 'array' })
      texts.push(...rows.map((row) => row.map(textOf).join(' ')))
    }
    return texts.join('\n')
  } finally {
    await client.end()
  }
}

function textOf(value: unknown): string {
  return Buffer.isBuffer(value) ? value.toString('latin1') : String(value)
}
