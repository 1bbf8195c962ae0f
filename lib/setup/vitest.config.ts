import { defineConfig } from 'vitest/config'
import { oneAfterTheOther, onPostgresql } from './on-postgresql.ts'
import { postgresqlPrograms } from './postgresql.mjs'

const unit = ['lib/**/*.test.ts', 'components/**/*.test.ts', 'prisma/**/*.test.ts']
const api = ['lib/server/api/suite/*.test.ts']
/** Clients in other languages, against `npm start`'s server. */
const clients = ['clients/**/*.test.ts']

/** What holds neither a database nor a server, nor keeps anything between two calls. */
const pure = ['components/!(snippets|docs)/**/*.test.ts', 'lib/contract/**/*.test.ts', 'lib/webauthn/**/*.test.ts']

/** What a request meets on its way in and an answer on its way out, and each family of paths once. */
const anyServer =
  'aborted-requests account allowlist answer-shapes approval-pages authentication bad-input ceremonies console-sessions ' +
  'downloads http idempotency isolation keys limits live metrics oauth-browsers oauth-client-credentials oauth-device ' +
  'oauth-flow oauth-logout oauth-par openapi parallel passkeys public registration response-limits sdk-client skills ' +
  'tokens usage-csv user-token webhooks'

/**
 * What depends on the server's own process and its HTTP besides: the caller's address, many requests at once, what another
 * process wrote, what stands in headers, and packages that are installed from it.
 */
const ownServer =
  'account-funds audit console-keys console-settings installed keys-rotation logs oauth-access-tokens oauth-clients ' +
  'oauth-codes oauth-dpop oauth-parallel oauth-redirect-uri oauth-requests oauth-sign-up usage'

/** On PostgreSQL: what comes in and goes out, of each domain what writes most, and what many do at once. */
const onPostgresqlServed =
  'account-funds at-once audit console-keys console-sessions hand-offs http idempotency isolation keys-rotation limits logs ' +
  'oauth-clients oauth-flow oauth-parallel oauth-refresh parallel passkeys skills usage users webhooks'

const files = (names: string) => names.split(' ').map((name) => `lib/server/api/suite/${name}.test.ts`)

/**
 * What each server is asked: how the API decides is the same code behind every door, and all of it is asked in memory. With
 * SERVED_SUITE=whole it is asked of both servers, too; with POSTGRESQL_SUITE=whole of the one on PostgreSQL.
 */
export const through = {
  ...(process.env.SERVED_SUITE === 'whole'
    ? { start: api, next: api }
    : { start: files(`${anyServer} ${ownServer}`), next: files(anyServer) }),
  postgresql: process.env.POSTGRESQL_SUITE === 'whole' ? api : files(onPostgresqlServed),
}

const data = 'lib/setup/test-data.ts'
const left = 'lib/setup/left-clean.ts'
// To load the server's code costs a process more than most of the suite's files do: a worker loads it once, and runs one
// file after the other. Each makes its own tenants in the one database, and leaves the rest as it was.
const oneByOne = { isolate: false, setupFiles: [data, left] }
/** Of the unit tests with a database, those that need no process of their own. */
const together = oneAfterTheOther()
const anew = { isolate: false, setupFiles: ['lib/setup/made-anew.ts', data, left] }
// Four at once: while one waits for the server, which is one process, the others have the processors.
const served = { ...oneByOne, maxWorkers: 4, sequence: { groupOrder: 1 } }

/**
 * The same on PostgreSQL, where there is one: the API's suite, the unit tests with a database that are not SQLite's own, and
 * `npm start`'s server.
 */
const postgresql = () => {
  const setupFiles = [data, 'lib/setup/test-data-postgresql.ts']
  const globalSetup = ['lib/setup/serve-postgresql.ts']
  const files = onPostgresql()
  return [
    {
      extends: true as const,
      test: {
        ...{ ...oneByOne, name: 'api, in memory, PostgreSQL', include: api },
        ...{ setupFiles: [...setupFiles, left], globalSetup },
      },
    },
    {
      extends: true as const,
      test: {
        ...{ name: 'unit, PostgreSQL', include: files.filter((file) => !together.includes(file)) },
        ...{ setupFiles, globalSetup },
      },
    },
    {
      extends: true as const,
      test: {
        ...{ ...anew, name: 'unit, together, PostgreSQL', include: files.filter((file) => together.includes(file)) },
        ...{ setupFiles: ['lib/setup/made-anew.ts', ...setupFiles, left], globalSetup },
      },
    },
    {
      extends: true as const,
      test: {
        ...{ ...served, name: 'api, npm start, PostgreSQL', include: through.postgresql },
        globalSetup: ['lib/setup/serve-start-postgresql.ts'],
      },
    },
  ]
}

/**
 * The unit tests, and the API's suite: whole in memory; behind `npm start`'s server and as Next's route handlers what depends
 * on them.
 */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    // On two cores, too: much of the time a worker waits, for a server or for the disk.
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Waiting ends when the thing is there; a machine that is busy may take its time.
    expect: { poll: { timeout: 15_000 } },
    projects: [
      { extends: true, test: { ...oneByOne, name: 'unit, pure', include: pure } },
      { extends: true, test: { ...anew, name: 'unit, together', include: together } },
      {
        extends: true,
        test: { name: 'unit', include: unit, exclude: [...api, ...pure, ...together], setupFiles: [data] },
      },
      {
        extends: true,
        test: {
          ...oneByOne,
          name: 'api, in memory',
          include: api,
          setupFiles: [...oneByOne.setupFiles, 'lib/setup/codes-told.ts'],
        },
      },
      ...(postgresqlPrograms() ? postgresql() : []),
      ...(['start', 'next'] as const).map((mount) => ({
        extends: true as const,
        test: {
          ...served,
          name: mount === 'start' ? 'api, npm start' : 'api, next start',
          include: mount === 'start' ? [...through.start, ...clients] : through.next,
          globalSetup: [`lib/setup/serve-${mount}.ts`],
        },
      })),
    ],
  },
})
