import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { PrismaPg } from '@prisma/adapter-pg'
import { ColumnTypeEnum, type SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import pg from 'pg'

/** A file of SQLite's, as the schema engine asks it. */
export function sqliteFor(file: string): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaBetterSqlite3({ url: `file:${file}` })
  const connect = factory.connect.bind(factory)
  factory.connect = async () => {
    const adapter = await connect()
    const queryRaw = adapter.queryRaw.bind(adapter)
    // It quotes a text as a name, which this SQLite is built to refuse.
    adapter.queryRaw = (query) => queryRaw({ ...query, sql: query.sql.replace(/(\bname\s*=\s*)"(\w+)"/gi, "$1'$2'") })
    return adapter
  }
  return factory
}

const { CHAR, BPCHAR } = pg.types.builtins

/** A database of PostgreSQL's, likewise. */
export function postgresqlFor(url: string): SqlMigrationAwareDriverAdapterFactory {
  const pool = new pg.Pool({ connectionString: url, max: 1 })
  const factory = new PrismaPg(pool, { disposeExternalPool: true })
  const connect = factory.connect.bind(factory)
  factory.connect = async () => {
    const adapter = await connect()
    const queryRaw = adapter.queryRaw.bind(adapter)
    // The driver does not know the one-letter type of the catalogue. The engine asks one thing after the other.
    let letters: number[] = []
    const query = pool.query.bind(pool) as (...asked: unknown[]) => Promise<pg.QueryResult>
    pool.query = (async (...asked: unknown[]) => {
      const result = await query(...asked)
      letters = result.fields.flatMap(({ dataTypeID }, at) => (dataTypeID === CHAR ? [at] : []))
      for (const at of letters) (result.fields[at] as pg.FieldDef).dataTypeID = BPCHAR
      return result
    }) as typeof pool.query
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query)
      for (const at of letters) result.columnTypes[at] = ColumnTypeEnum.Character
      return result
    }
    return adapter
  }
  return factory
}
