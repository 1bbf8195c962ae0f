import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { migratePostgresql } from '../../prisma/migrate-postgresql.ts'
import { postgresqlPrograms } from './postgresql.mjs'
import { startPostgresql } from './postgresql-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The server of the tests that run on PostgreSQL, by its own database; each file's is a copy of one that is up to date. */
    postgresql?: { server: string; auth: string; mpc: string }
  }
}

/** Starts a PostgreSQL for a project's tests, which wait for no disk: none of them pulls its plug. */
export default async ({ provide }: TestProject) => {
  if (!postgresqlPrograms())
    throw new Error('There is no PostgreSQL on this machine: vitest.config.ts leaves these tests out.')
  const server = await startPostgresql({ fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' })
  for (const database of ['auth', 'mpc'])
    await migratePostgresql(
      await server.create(database),
      join(import.meta.dirname, '../../prisma', database, 'postgresql/migrations'),
    )
  provide('postgresql', { server: server.urlOf('postgres'), auth: 'auth', mpc: 'mpc' })
  return () => server.stop()
}
