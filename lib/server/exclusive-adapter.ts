import type { SqlDriverAdapter, SqlDriverAdapterFactory, Transaction } from '@prisma/driver-adapter-utils'

/**
 * Makes transactions exclusive on an adapter that has one connection.
 *
 * Prisma's SQLite adapter sends every query down the same connection, so a query from elsewhere that runs between BEGIN
 * and COMMIT would belong to that transaction, and be undone with it. Here such queries wait until it has ended. Each
 * transaction takes SQLite's write lock as it begins: what it reads first stays true until it commits, whichever process
 * else writes.
 */
export function exclusive(factory: SqlDriverAdapterFactory): SqlDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => exclusiveAdapter(await factory.connect()),
  }
}

function exclusiveAdapter(adapter: SqlDriverAdapter): SqlDriverAdapter {
  let ended: Promise<void> | undefined

  /** Runs at once when no transaction is open: the check and the synchronous query have nothing between them. */
  async function alone<Result>(run: () => Promise<Result>): Promise<Result> {
    while (ended) await ended
    return run()
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
      const [commit, rollback] = [transaction.commit.bind(transaction), transaction.rollback.bind(transaction)]
      transaction.commit = () => commit().finally(release)
      transaction.rollback = () => rollback().finally(release)
      return transaction
    } catch (error) {
      release()
      throw error
    }
  }

  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    queryRaw: (query) => alone(() => adapter.queryRaw(query)),
    executeRaw: (query) => alone(() => adapter.executeRaw(query)),
    executeScript: (script) => alone(() => adapter.executeScript(script)),
    startTransaction,
    dispose: () => adapter.dispose(),
    ...(adapter.getConnectionInfo ? { getConnectionInfo: adapter.getConnectionInfo.bind(adapter) } : {}),
  }
}
