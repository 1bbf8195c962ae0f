import { setTimeout as delay } from 'node:timers/promises'
import type { SqlDriverAdapter, SqlDriverAdapterFactory, SqlQuery, Transaction } from '@prisma/driver-adapter-utils'
import type { Database } from 'better-sqlite3'
import { type ChangeWatch, changeWatch } from './change-watch.ts'
import { type Direct, directOf } from './direct.ts'
import { sortable } from './stamps.ts'
import { keepStatements } from './statement-cache.ts'
import { failureOf, isBusy, isDamaged, translated } from './storage-failure.ts'

interface Write {
  since: number
  run(): Promise<unknown>
  resolve(value: unknown): void
  reject(reason: unknown): void
}

const reads = /^\s*(?:select|pragma)/i

/** How long another process's lock is waited for, in milliseconds. */
const defaultPatience = 5_000

/**
 * Makes transactions exclusive on an adapter that has one connection, and lets single writes share a commit.
 *
 * Prisma's SQLite adapter sends every query down the same connection, so a query from elsewhere that runs between BEGIN
 * and COMMIT would belong to that transaction, and be undone with it. Here such queries wait until it has ended. Each
 * transaction takes SQLite's write lock as it begins: what it reads first stays true until it commits, whichever process
 * else writes.
 *
 * Where another process has the lock, whoever writes waits beside the event loop, in turn, one trying for all; reads go on.
 * The driver's own wait stops everything, so it is to be short. What the storage refuses is StorageUnavailable, and
 * whatever had begun with it is undone whole. Once anything met a damaged page, nothing more is written.
 *
 * @param connected is given the connection's own statements, which keep the same order
 */
export function exclusive(
  factory: SqlDriverAdapterFactory,
  connected: (direct: Direct) => void = () => {},
  patience = defaultPatience,
): SqlDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => {
      const adapter = await factory.connect()
      const { client } = adapter as unknown as { client: Database }
      const watch = changeWatch(client)
      const { exclusively, alone, together, noted } = exclusiveAdapter(adapter, client, watch, patience)
      connected(directOf(client, watch.version, alone, together, noted))
      keepStatements(client, noted)
      return exclusively
    },
  }
}

function exclusiveAdapter(adapter: SqlDriverAdapter, connection: Database, watch: ChangeWatch, patience: number) {
  let ended: Promise<void> | undefined
  /** While another process has the lock: until it is tried again. */
  let pause: Promise<void> | undefined
  let lockedOut: unknown
  /** What the storage refused since the last BEGIN. */
  let failed: unknown
  /** What told that the file is damaged: whatever is written to it from then on could make it worse. */
  let damage: unknown

  const isLate = (since: number) => performance.now() - since > patience

  /** Is told of every statement that failed, in the moment that it does. */
  function noted(error: unknown): void {
    if (failureOf(error)) failed = error
    if (isDamaged(error)) damage = error
  }

  /** SQLite rolls back by itself where it must. Where it cannot now, the next BEGIN tries again. */
  function rollBack(): void {
    try {
      if (connection.inTransaction) connection.exec('ROLLBACK')
    } catch (error) {
      noted(error)
    }
  }

  function pauseForLock(error: unknown): Promise<void> {
    lockedOut = error
    pause ??= delay(20 + Math.random() * 20).then(() => {
      pause = undefined
    })
    return pause
  }

  /** Runs at once when no transaction is open: the check and the synchronous query have nothing between them. */
  async function alone<Result>(run: () => Promise<Result>): Promise<Result> {
    const since = performance.now()
    for (;;) {
      while (ended) await ended
      try {
        return await run()
      } catch (error) {
        if (isDamaged(error)) damage = error
        if (!isBusy(error) || isLate(since)) throw translated(error)
        await delay(20)
      }
    }
  }

  let writes: Write[] = []

  /** Writes of one turn of the event loop share a commit: the disk makes them safe together, and each waits for that. */
  function together<Result>(run: () => Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      writes.push({ since: performance.now(), run, resolve: resolve as Write['resolve'], reject })
      if (writes.length === 1) setImmediate(() => void commit())
    })
  }

  async function commit(): Promise<void> {
    for (;;) {
      while (ended || pause) await (ended ?? pause)
      if (damage) refuse(() => true, damage)
      refuse(({ since }) => lockedOut !== undefined && isLate(since), lockedOut)
      if (writes.length === 0) return
      try {
        rollBack()
        connection.exec('BEGIN IMMEDIATE')
        break
      } catch (error) {
        if (!isBusy(error)) return refuse(() => true, error)
        void pauseForLock(error)
      }
    }
    lockedOut = undefined
    const group = writes
    writes = []
    commitGroup(group)
  }

  /** The driver is synchronous: no other query comes between BEGIN and COMMIT. A refused statement undoes itself alone. */
  function commitGroup(group: Write[]): void {
    failed = undefined
    const outcomes: Promise<() => void>[] = []
    try {
      for (const { run, resolve, reject } of group) {
        outcomes.push(
          run().then(
            (value) => () => resolve(value),
            (reason) => () => reject(reason),
          ),
        )
        if (failed) throw failed
      }
      connection.exec('COMMIT')
      for (const outcome of outcomes) void outcome.then((settle) => settle())
    } catch (error) {
      rollBack()
      for (const { reject } of group) reject(translated(error))
    }
  }

  /** Refuses those of the writes that wait. */
  function refuse(which: (write: Write) => boolean, error: unknown): void {
    const refused = writes.filter(which)
    if (refused.length === 0) return
    writes = writes.filter((write) => !refused.includes(write))
    for (const { reject } of refused) reject(translated(error))
  }

  async function startTransaction(...[level]: Parameters<SqlDriverAdapter['startTransaction']>): Promise<Transaction> {
    const since = performance.now()
    for (;;) {
      while (ended || pause) await (ended ?? pause)
      if (damage) throw translated(damage)
      if (lockedOut && isLate(since)) throw translated(lockedOut)
      let release = () => {}
      ended = new Promise((resolve) => {
        release = () => {
          ended = undefined
          resolve()
        }
      })
      try {
        const transaction = await begin(level, release)
        lockedOut = undefined
        return transaction
      } catch (error) {
        release()
        if (!isBusy(error)) throw translated(error)
        await pauseForLock(error)
      }
    }
  }

  async function begin(
    level: Parameters<SqlDriverAdapter['startTransaction']>[0],
    release: () => void,
  ): Promise<Transaction> {
    rollBack()
    failed = undefined
    const transaction = await adapter.startTransaction(level)
    const [commit, rollback] = [transaction.commit.bind(transaction), transaction.rollback.bind(transaction)]
    const [queryRaw, executeRaw] = [transaction.queryRaw.bind(transaction), transaction.executeRaw.bind(transaction)]
    try {
      await executeRaw({ sql: 'UPDATE "_prisma_migrations" SET "id" = "id" WHERE 0', args: [], argTypes: [] })
    } catch (error) {
      rollBack()
      await rollback()
      throw error
    }
    const close = (how: () => Promise<void>) => async () => {
      await how()
      watch.changed()
      rollBack()
      release()
    }
    transaction.queryRaw = (query) => within(query, queryRaw)
    transaction.executeRaw = async (query) => {
      if (query.sql !== 'ROLLBACK') return within(query, executeRaw)
      rollBack()
      return 0
    }
    transaction.commit = close(commit)
    transaction.rollback = close(rollback)
    return transaction
  }

  /** A query of the transaction that is open. After a failure of the storage nothing of it can be kept any more. */
  async function within<Result>(query: SqlQuery, run: (query: SqlQuery) => Promise<Result>): Promise<Result> {
    if (failed) throw translated(failed)
    try {
      return await run(sortable(query))
    } catch (error) {
      throw translated(error)
    }
  }

  /** Prisma's way: a write that has a commit to itself, or shares one. */
  const asked = <Result>(sql: string, run: () => Promise<Result>): Promise<Result> =>
    reads.test(sql) ? alone(run) : together(run).finally(watch.changed)

  const exclusively: SqlDriverAdapter = {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    queryRaw: (query) => asked(query.sql, () => adapter.queryRaw(sortable(query))),
    executeRaw: (query) => asked(query.sql, () => adapter.executeRaw(sortable(query))),
    executeScript: (script) => alone(() => adapter.executeScript(script)).finally(watch.changed),
    startTransaction,
    dispose: () => adapter.dispose(),
    ...(adapter.getConnectionInfo ? { getConnectionInfo: adapter.getConnectionInfo.bind(adapter) } : {}),
  }
  return { exclusively, alone, together, noted }
}
