import type { TestProject } from 'vitest/node'
import { startPostgresql } from './postgresql-server.ts'
import { serveFor } from './serve.ts'

/** `npm start`'s server on a PostgreSQL of its own, for a project's tests; they wait for no disk: none of them pulls its plug. */
export default async ({ provide }: TestProject) => {
  const postgresql = await startPostgresql({ fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' })
  // A machine that is busy with tests is no server that is away.
  const url = `${await postgresql.create('auth')}&connect_timeout=30`
  const settings = {
    // As with a file of its own.
    DEMO: 'on',
    ...{ DATABASE_URL: url, ROOT_SECRET: 'a secret of tests, at least 32 characters' },
  }
  const stop = await serveFor('start', provide, settings).catch(async (error) => {
    await postgresql.stop()
    throw error
  })
  return async () => {
    await stop()
    await postgresql.stop()
  }
}
