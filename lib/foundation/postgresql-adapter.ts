import { PrismaPg } from '@prisma/adapter-pg'
import type { SqlDriverAdapterFactory, SqlQuery, SqlQueryable } from '@prisma/driver-adapter-utils'
import type pg from 'pg'
import { translated, untilNoConflict } from './postgresql-failure.ts'
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
      const adapter = translating(await factory.connect(), untilNoConflict)
      const begin = adapter.startTransaction.bind(adapter)
      adapter.startTransaction = async (level) => translating(await told(() => begin(level)))
      return adapter
    },
  }
}

/** @param trying how a statement is run: of a transaction that lost to another one, nothing more is */
function translating<Queryable extends SqlQueryable>(
  queryable: Queryable,
  trying = <Result>(run: () => Promise<Result>) => run(),
): Queryable {
  const [queryRaw, executeRaw] = [queryable.queryRaw.bind(queryable), queryable.executeRaw.bind(queryable)]
  queryable.queryRaw = (query) => {
    const asked = readable(query)
    return told(() => trying(() => queryRaw(asked)))
  }
  queryable.executeRaw = (query) => {
    const asked = readable(query)
    return told(() => trying(() => executeRaw(asked)))
  }
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
