import { PrismaPg } from '@prisma/adapter-pg'
import type { SqlDriverAdapterFactory, SqlQuery, SqlQueryable } from '@prisma/driver-adapter-utils'
import type pg from 'pg'
import { translated } from './postgresql-failure.ts'
import { postgresqlSql } from './postgresql-sql.ts'
import { sortable } from './stamps.ts'

/**
 * Prisma's way to a PostgreSQL server, by connections of a pool. Values of raw SQL stand as `?`, too, and a server that is
 * away, full or read-only is StorageUnavailable.
 */
export function postgresqlAdapter(pool: pg.Pool): SqlDriverAdapterFactory {
  const factory = new PrismaPg(pool)
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    async connect() {
      const adapter = translating(await factory.connect())
      const begin = adapter.startTransaction.bind(adapter)
      adapter.startTransaction = async (level) => translating(await told(() => begin(level)))
      return adapter
    },
  }
}

function translating<Queryable extends SqlQueryable>(queryable: Queryable): Queryable {
  const [queryRaw, executeRaw] = [queryable.queryRaw.bind(queryable), queryable.executeRaw.bind(queryable)]
  queryable.queryRaw = (query) => told(() => queryRaw(readable(query)))
  queryable.executeRaw = (query) => told(() => executeRaw(readable(query)))
  return queryable
}

function readable(query: SqlQuery): SqlQuery {
  sortable(query)
  return { ...query, sql: postgresqlSql(query.sql) }
}

async function told<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run()
  } catch (error) {
    throw translated(error)
  }
}
