import type { TestProject } from 'vitest/node'
import { startPostgresql } from './postgresql-server.ts'
import { redisCommand, startRedis } from './redis-server.ts'
import { serveFor } from './serve.ts'

/**
 * `npm start`'s server on a PostgreSQL of its own, for a project's tests; they wait for no disk: none of them pulls its plug.
 * With POSTGRESQL_SUITE=whole it is two processes, which count limits in a Redis: what one of them knows the other must, too.
 */
export default async ({ provide }: TestProject) => {
  const postgresql = await startPostgresql({ fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' })
  const redis = process.env.POSTGRESQL_SUITE === 'whole' && redisCommand ? await startRedis() : undefined
  const end = async () => {
    await redis?.stop()
    await postgresql.stop()
  }
  // A machine that is busy with tests is no server that is away.
  const url = `${await postgresql.create('auth')}&connect_timeout=30`
  const settings: Record<string, string> = {
    // As with a file of its own.
    DEMO: 'on',
    ...{ DATABASE_URL: url, ROOT_SECRET: 'a secret of tests, at least 32 characters' },
    ...(redis && { WORKERS: '2', REDIS_URL: redis.url }),
  }
  const stop = await serveFor('start', provide, settings).catch(async (error) => {
    await end()
    throw error
  })
  return async () => {
    await stop()
    await end()
  }
}
