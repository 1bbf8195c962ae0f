import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

const root = join(import.meta.dirname, '../..')
const databases = ['lib/server/db/database.ts', 'lib/mpc/server/db/database.ts']

/** Files with a database that do not run on PostgreSQL, too, and why: they are of SQLite, or have a database of another kind. */
export const notOnPostgresql: Record<string, string> = {
  'lib/server/admin/database.test.ts': 'backup and restore are of SQLite’s file',
  'lib/server/api/list-plans-postgresql.test.ts': 'has a PostgreSQL of its own',
  'lib/server/api/list-plans.test.ts': 'plans of SQLite’s; list-plans-postgresql.test has the other’s',
  'lib/server/api/pgbouncer.test.ts': 'has a PostgreSQL of its own, behind a pooler',
  'lib/server/api/postgresql-away.test.ts': 'has a PostgreSQL of its own, which it ends',
  'lib/server/api/unavailable.test.ts': 'a file that is locked or full; postgresql-away.test has the other’s',
  'lib/server/api/wrong-keys.test.ts': 'counts in memory and in Redis; no key of it is in a database',
  'lib/server/audit/long-log.test.ts': 'plans of SQLite’s, and a hundred thousand rows made by its SQL',
  'lib/server/db/direct.test.ts': 'the turns of SQLite’s one connection',
  'lib/server/db/file-modes.test.ts': 'the modes of SQLite’s files',
  'lib/server/doctor/doctor.test.ts': 'has databases of both kinds itself',
  'lib/server/limits/redis.test.ts': 'counts in Redis',
  'lib/server/logs/many-rows.test.ts':
    'how the log is read a part at a time, by the same statements as few rows of it; long',
  'lib/server/logs/segments/plans.test.ts': 'plans of SQLite’s; list-plans-postgresql.test has the other’s',
  'lib/server/oauth/accounts.test.ts': 'a file that cannot be opened; postgresql-away.test has the other’s',
  'lib/server/overview/plans.test.ts': 'plans of SQLite’s; list-plans-postgresql.test has the other’s',
  'lib/server/passkeys/attestation-vectors.test.ts':
    'judges statements, long; of the database only that a passkey is kept',
  'lib/server/passkeys/judge-differential.test.ts': 'judges assertions, long, and keeps none',
  'lib/server/passkeys/users/users.test.ts': 'plans of SQLite’s, and a hundred thousand rows made by its SQL',
  'lib/server/skills/runs/plans.test.ts': 'plans of SQLite’s; list-plans-postgresql.test has the other’s',
  'lib/server/usage/ceremonies-many.test.ts': 'plans of SQLite’s, and a hundred thousand rows made by its SQL',
  'lib/server/usage/count.test.ts': 'the log that SQLite keeps of its commits',
  'lib/server/usage/in-commit.test.ts': 'the log that SQLite keeps of its commits',
  'lib/setup/bench/worst-inputs/responses.test.ts': 'measures the event loop; long',
}

/**
 * Those of several whole servers: half a minute and more each, of what does not depend on the database. With
 * POSTGRESQL_SUITE=whole they run on PostgreSQL, too.
 */
export const longOnPostgresql = [
  'lib/server/api/console-mpc-keys.test.ts',
  'lib/server/front/deployed-nginx.test.ts',
  'lib/server/front/rolling-restart.test.ts',
  'lib/server/webhooks/sending/processes.test.ts',
]

/** Every other test file of the project `unit` that comes to a database; the API's suite runs there whole. */
export function onPostgresql(): string[] {
  const left = [...Object.keys(notOnPostgresql), ...(process.env.POSTGRESQL_SUITE === 'whole' ? [] : longOnPostgresql)]
  return withDatabase().filter((file) => !left.includes(file))
}

/**
 * The unit tests that come to a database of the servers by what they import; not those of the API's suite, which runs there whole,
 * nor of faults but the clock and the kills: the others have databases of both kinds themselves.
 */
export function withDatabase(): string[] {
  const files = globSync(['lib/**/*.test.ts', 'prisma/**/*.test.ts'], { cwd: root })
  const others = /^lib.(?:contract|webauthn|server.api.suite|setup.faults(?!.(?:clock|kills)))./
  return files.filter((file) => !others.test(file) && holdsDatabase(file)).sort()
}

/** What a file names that needs a process of its own: other processes, the environment, or what is kept for a whole process. */
const ofItsProcess =
  /process\b|globalThis|\bserve\w*\(|spawn|fork\(|runScript|worker|closeDatabase|openDatabase|isolated|dataDir|resetModules|useFakeTimers|stubGlobal|start(?:Postgresql|Redis)|setup\/faults|telemetry|metrics|-plans|fileOf|env\(\)\.\w+ =|memory|eventLoop/i

/** The unit tests with a database that one process runs one after the other, each with code and a database of its own. */
export function oneAfterTheOther(): string[] {
  return withDatabase().filter(
    (file) => !file.startsWith('lib/setup/') && !ofItsProcess.test(readFileSync(join(root, file), 'utf8')),
  )
}

/** Whether a file comes to a database of the servers by what it imports. */
export function holdsDatabase(file: string): boolean {
  const reached = reachedFrom(file)
  return databases.some((database) => reached.has(database))
}

/** A file with all that it imports, directly or not; of this project. */
function reachedFrom(first: string): Set<string> {
  const reached = new Set([first])
  for (const file of reached) for (const path of importedBy(file)) reached.add(path)
  return reached
}

const imports = new Map<string, string[]>()

function importedBy(file: string): string[] {
  const known = imports.get(file)
  if (known) return known
  const found: string[] = []
  for (const [, name = ''] of readFileSync(join(root, file), 'utf8').matchAll(
    /^(?!import type|export type).*?(?:from|import|import\() ?'([#.][^']+)'/gm,
  )) {
    const path = name.startsWith('#lib/') ? name.slice(1) : relative(root, join(root, dirname(file), name))
    if (/\.m?ts$|\.mjs$/.test(path) && existsSync(join(root, path))) found.push(path)
  }
  imports.set(file, found)
  return found
}
