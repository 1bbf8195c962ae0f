import type { SqlDriverAdapter, SqlDriverAdapterFactory, Transaction } from '@prisma/driver-adapter-utils'
import type { Database } from 'better-sqlite3'
import { type Direct, directOf } from './direct.ts'
import { sortable } from './stamps.ts'
import { keepStatements } from './statement-cache.ts'

interface Write {
  run(): Promise<unknown>
  resolve(value: unknown): void
  reject(reason: unknown): void
}

const reads = /^\s*(?:select|pragma)/i

/**
 * Makes transactions exclusive on an adapter that has one connection, and lets single writes share a commit.
 *
 * Prisma's SQLite adapter sends every query down the same connection, so a query from elsewhere that runs between BEGIN
 * and COMMIT would belong to that transaction, and be undone with it. Here such queries wait until it has ended. Each
 * transaction takes SQLite's write lock as it begins: what it reads first stays true until it commits, whichever process
 * else writes.
 *
 * @param connected is given the connection's own statements, which keep the same order
 */
export function exclusive(
  factory: SqlDriverAdapterFactory,
  connected: (direct: Direct) => void = () => {},
): SqlDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => {
      const adapter = await factory.connect()
      const { client } = adapter as unknown as { client: Database }
      const { exclusively, alone, together } = exclusiveAdapter(adapter)
      connected(directOf(client, alone, together))
      keepStatements(client)
      return exclusively
    },
  }
}

function exclusiveAdapter(adapter: SqlDriverAdapter) {
  let ended: Promise<void> | undefined

  /** Runs at once when no transaction is open: the check and the synchronous query have nothing between them. */
  async function alone<Result>(run: () => Promise<Result>): Promise<Result> {
    while (ended) await ended
    return run()
  }

  let writes: Write[] = []

  /** Writes of one turn of the event loop share a commit: the disk makes them safe together, and each waits for that. */
  function together<Result>(run: () => Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      writes.push({ run, resolve: resolve as Write['resolve'], reject })
      if (writes.length === 1) setImmediate(() => void commit())
    })
  }

  async function commit(): Promise<void> {
    while (ended) await ended
    const group = writes
    writes = []
    // The driver is synchronous: no other query comes between BEGIN and COMMIT. A refused statement undoes itself alone.
    try {
      adapter.executeScript('BEGIN IMMEDIATE')
      const outcomes = group.map(({ run, resolve, reject }) =>
        run().then(
          (value) => () => resolve(value),
          (reason) => () => reject(reason),
        ),
      )
      adapter.executeScript('COMMIT')
      for (const outcome of outcomes) void outcome.then((settle) => settle())
    } catch (error) {
      try {
        adapter.executeScript('ROLLBACK')
      } catch {}
      for (const { reject } of group) reject(error)
    }
  }

  async function startTransaction(...[level]: Parameters<SqlDriverAdapter['startTransaction']>): Promise<Transaction> {
    while (ended) await ended
    let release = () => {}
    ended = new Promise((resolve) => {
      release = () => {
        ended = undefined
        resolve()
      }
    })
    try {
      const transaction = await adapter.startTransaction(level)
      try {
        await transaction.executeRaw({
          sql: 'UPDATE "_prisma_migrations" SET "id" = "id" WHERE 0',
          args: [],
          argTypes: [],
        })
      } catch (error) {
        await transaction.executeRaw({ sql: 'ROLLBACK', args: [], argTypes: [] }).catch(() => 0)
        await transaction.rollback()
        throw error
      }
      const [queryRaw, executeRaw] = [transaction.queryRaw.bind(transaction), transaction.executeRaw.bind(transaction)]
      transaction.queryRaw = async (query) => queryRaw(sortable(query))
      transaction.executeRaw = async (query) => executeRaw(sortable(query))
      const [commit, rollback] = [transaction.commit.bind(transaction), transaction.rollback.bind(transaction)]
      transaction.commit = () => commit().finally(release)
      transaction.rollback = () => rollback().finally(release)
      return transaction
    } catch (error) {
      release()
      throw error
    }
  }

  const exclusively: SqlDriverAdapter = {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    queryRaw: (query) => (reads.test(query.sql) ? alone : together)(() => adapter.queryRaw(sortable(query))),
    executeRaw: (query) => (reads.test(query.sql) ? alone : together)(() => adapter.executeRaw(sortable(query))),
    executeScript: (script) => alone(() => adapter.executeScript(script)),
    startTransaction,
    dispose: () => adapter.dispose(),
    ...(adapter.getConnectionInfo ? { getConnectionInfo: adapter.getConnectionInfo.bind(adapter) } : {}),
  }
  return { exclusively, alone, together }
}
