import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileOf, nameOf } from '#lib/foundation/database-place.ts'
import { StartError } from '#lib/foundation/start-error.ts'
import { migrate } from '../../../../prisma/migrate.ts'
import { madeUnder } from '../../db/made-under.ts'
import { copyFile, refuseExisting } from '../../db/moving/backup.ts'
import { copyDatabase } from '../../db/moving/copy.ts'
import { checkSecret } from '../../db/secret-check.ts'
import { env } from '../../env.ts'

/** Which database: this server's, or a file of the MPC server's; `true`: where that one is by default. */
export type Which = string | true | undefined

type Progress = (done: number, all: number) => void

/**
 * Moves a whole database to PostgreSQL.
 *
 * @throws StartError
 */
export async function moveTo(to: string, which: Which, rehearsal: boolean, progress: Progress) {
  const from = existing(which)
  const kind = which ? 'mpc' : 'auth'
  if (!which) checkSecret(from)
  const migrations = (engine: string) => join(process.cwd(), 'prisma', kind, engine, 'migrations')
  migrate(from, migrations('sqlite'))
  const tables = await copyDatabase({ from, to, migrations: migrations('postgresql'), rehearsal, progress })
  return { from, tables }
}

/**
 * Keeps a database in a file, while it is used.
 *
 * @throws StartError
 */
export async function keep(to: string, which: Which, progress: Progress): Promise<string> {
  const from = existing(which)
  await copyFile(from, to, { check: (file) => checkOf(which, file, from), progress })
  return from
}

/**
 * Puts back what `keep` kept, where there is no database.
 *
 * @throws StartError
 */
export async function putBack(from: string, which: Which, progress: Progress): Promise<string> {
  const to = fileOfWhich(which)
  if (!existsSync(from)) throw new StartError(`There is no file ${from}.`)
  refuseExisting(to)
  if (!which) refuseWithoutSecret()
  await copyFile(from, to, { check: (file) => checkOf(which, file, from), progress })
  return to
}

/** The MPC server tries its own secret when it starts. */
function checkOf(which: Which, copy: string, from: string): void {
  if (which) return
  if (!madeUnder(copy).used)
    throw new StartError(`${from} is no database of this server: nothing in it was made under a secret.`)
  checkSecret(copy, from)
}

function existing(which: Which): string {
  const file = fileOfWhich(which)
  if (!existsSync(file)) throw new StartError(`There is no database ${file}.`)
  return file
}

function fileOfWhich(which: Which): string {
  if (which) return which === true ? join(env().dataDir, 'mpc.db') : which
  const { database } = env()
  if (database.engine === 'sqlite') return fileOf(database)
  throw new StartError(
    `The database ${nameOf(database)} is PostgreSQL: pg_dump and pg_restore keep it and put it back. These commands are for SQLite.`,
  )
}

/** Under one that was made now, it would not open. */
function refuseWithoutSecret(): void {
  const { rootSecret, dataDir } = env()
  const file = join(dataDir, 'secret')
  if (rootSecret !== undefined || existsSync(file)) return
  throw new StartError(
    `The root secret is not there: put ${file} back from your backup first, or set ROOT_SECRET. Without it no backup opens.`,
  )
}
