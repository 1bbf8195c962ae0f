import pg from 'pg'

/** What starts that a server reads whole, and would not understand. */
const leftOut = ['SigningKey', 'Setting', 'ServiceToken', '_prisma_migrations', '_migrating']

const values: Record<string, string> = {
  tenantId: `'tnt_' || n % 40`,
  environment: `'live'`,
  origins: 'NULL',
  parties: `'[]'`,
  // What has expired goes by itself.
  expiresAt: `timestamp '2036-01-01' + n * interval '1 minute'`,
  // What the checks of the tables that have some allow.
  status: `'pending'`,
  state: `'open'`,
  // What is indexed is read.
  rows: `'[]'`,
}
const byType: Record<string, string> = {
  text: `'x' || n`,
  // Numbers that the database gives by itself stay below.
  integer: '1000000 + n',
  bigint: '1000000 + n',
  boolean: 'n % 2 = 0',
  bytea: `'\\x00'::bytea`,
  'timestamp without time zone': `timestamp '2026-01-01' + n * interval '1 minute'`,
}

/** Gives every table of a PostgreSQL rows of other tenants, which refer to nothing, so that to go through it costs something. */
export async function rowsOfOthers(url: string, rows = 2_000): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows: columns } = await client.query<{ table: string; name: string; type: string }>(
      `SELECT table_name AS "table", column_name AS "name", data_type AS "type" FROM information_schema.columns
       WHERE table_schema = current_schema()`,
    )
    // Neither foreign keys nor triggers.
    await client.query('SET session_replication_role = replica')
    for (const [table, of] of Map.groupBy(columns, (column) => column.table)) {
      if (leftOut.includes(table)) continue
      const names = of.map(({ name }) => `"${name}"`)
      const given = of.map(({ name, type }) => {
        if (table === 'Tenant' && name === 'id') return `'tnt_' || n`
        return (/text|time/.test(type) && values[name]) || byType[type]
      })
      await client.query(
        `INSERT INTO "${table}" (${names}) SELECT ${given} FROM generate_series(1, ${rows}) AS n ON CONFLICT DO NOTHING`,
      )
    }
    await client.query('ANALYZE')
  } finally {
    await client.end()
  }
}
