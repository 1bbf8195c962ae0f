import { inject, test } from 'vitest'

/** Whether this file runs on PostgreSQL. */
export const isOnPostgresql = inject('postgresql') !== undefined

/** A test of what SQLite alone has: its file, its pragmas, its plans. On PostgreSQL it is left out. */
export const testOnSqlite = test.skipIf(isOnPostgresql)

/** A test that takes long: on PostgreSQL it is left out, but where the whole suite is asked for. */
export const longTest = test.skipIf(isOnPostgresql && process.env.POSTGRESQL_SUITE !== 'whole')
