import { existsSync, readdirSync, statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { nameOf } from '#lib/foundation/database-place.ts'
import { failureOf as failureOfPostgresql, isDamaged as isDamagedThere } from '#lib/foundation/postgresql-failure.ts'
import { inASentence, StartError } from '#lib/foundation/start-error.ts'
import { failureOf as failureOfSqlite, isDamaged } from '#lib/foundation/storage-failure.ts'
import { env } from '../env.ts'
import { secretSource } from '../root-secret.ts'
import { failed, type Outcome, ok, skipped, warning } from './finding.ts'
import { oldestTried, open, see } from './store.ts'

const mebibyte = 1024 * 1024
const day = 86_400_000

/** Whether there is room left where the data is: for SQLite’s file, and what it writes beside it. */
export async function disk(): Promise<Outcome> {
  const { database, dataDir } = env()
  const folder = thereOf(database.engine === 'sqlite' ? dirname(database.file) : dataDir)
  const { bavail, bsize, blocks } = await statfs(folder)
  return roomIn(folder, { free: bavail * bsize, total: blocks * bsize })
}

/** What is to be said of so much room, in bytes. */
export function roomIn(folder: string, { free, total }: { free: number; total: number }): Outcome {
  const said = `${Math.floor(free / mebibyte)} MiB are free at ${folder}.`
  const remedy =
    'Make room, or move DATA_DIR: once the disk is full every request is refused. LOG_RETENTION_DAYS keeps less.'
  if (free < 100 * mebibyte) return failed(said, remedy)
  return free < 1024 * mebibyte || free < total / 20 ? warning(said, remedy) : ok(said)
}

/** The folder that is there, of one that may be made yet. */
function thereOf(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : thereOf(dirname(folder))
}

/** What looking at the database found: of itself, of the secret that it was made under, and of its server's clock. */
export async function databaseSecretAndClock(): Promise<Record<'database' | 'secret' | 'clock', Outcome>> {
  const place = env().database
  const name = nameOf(place)
  const unseen = skipped('The database could not be opened.')
  try {
    const { engine, tooOld, pending, later, ahead, written, damage, unread = 0, unchecked } = await see(place)
    const clock = clockOf(ahead, Date.now(), written)
    if (damage) {
      const said = `${name} is damaged: ${damage.slice(0, 200)}`
      return { database: failed(said, ofDamage[place.engine]), secret: unseen, clock }
    }
    if (pending === undefined) return { database: notThere(name), secret: secret(), clock }
    if (tooOld) {
      const remedy = `Move to PostgreSQL ${oldestTried} or later: this version is tried with that.`
      return { database: failed(`${name} is on ${engine}.`, remedy), secret: secret(), clock }
    }
    if (pending > 0) {
      const said = `${engine}: ${pending} migrations of ${name} are still to be carried out.`
      const remedy = 'The next start does that, and so does `admin migrate`. Back up before.'
      return { database: warning(said, remedy), secret: secret(), clock }
    }
    const opened = await open().then(
      () => undefined,
      (error: unknown) => error,
    )
    if (opened instanceof StartError && /root secret/.test(opened.message)) {
      const remedy = 'Put back the ROOT_SECRET, or the file DATA_DIR/secret, that belongs to this database.'
      return { database: ok(`${engine}: ${name} can be read.`), secret: failed(opened.message, remedy), clock }
    }
    if (opened) throw opened
    if (later > 0) {
      const said = `${engine}: a later version of this project has brought ${name} further, by ${later} migrations.`
      return { database: warning(said, 'Start that version here, too.'), secret: secret(), clock }
    }
    if (unchecked) {
      const said = `${engine}: ${name} is up to date, but without checksums: what a disk makes of a page may go unnoticed.`
      const remedy = 'Stop PostgreSQL, say `pg_checksums --enable`, and start it.'
      return { database: warning(said, remedy), secret: secret(), clock }
    }
    const long = unread > 0 ? ` ${unread} of its tables were too long to be read through here.` : ''
    return { database: ok(`${engine}: ${name} is up to date and takes writes.${long}`), secret: secret(), clock }
  } catch (error) {
    return {
      database: failed(sentenceOf(name, error), remedyOf(place.engine, error)),
      secret: secret(),
      clock: clockOf(undefined),
    }
  }
}

/** A file that is not there: before the first start, or where the settings lead elsewhere. */
function notThere(name: string): Outcome {
  const kept = env().rootSecret === undefined && existsSync(secretSource())
  return kept
    ? warning(
        `${name} is not there, but a secret that one was made under is: the next start makes an empty one.`,
        'Where there was one, set DATABASE_URL or DATA_DIR to its place, or say `admin database restore` with the last backup.',
      )
    : ok(`The first start makes ${name}.`)
}

/** Whether others of this machine get at what is kept. */
export async function files(): Promise<Outcome> {
  const { database, dataDir } = env()
  if (database.engine !== 'sqlite') return skipped('The database is PostgreSQL’s.')
  const folders = [...new Set([dirname(database.file), dataDir])].filter((folder) => existsSync(folder))
  const open = folders.filter((folder) => statSync(folder).mode & 0o022)
  if (open.length > 0)
    return failed(`Others than its owner may put files into ${open.join(' and ')}.`, `chmod 700 ${open.join(' ')}`)
  const read = ['', '-wal', '-shm'].map((end) => database.file + end)
  const told = read.filter((file) => existsSync(file) && statSync(file).mode & 0o077)
  return told.length > 0
    ? warning(`Others than its owner may read ${told.join(' and ')}.`, `chmod 600 ${told.join(' ')}`)
    : ok('What is kept is its owner’s alone.')
}

const ofDamage = {
  sqlite:
    'Stop the server, keep the damaged file, of which something can be saved, and say `admin database restore` with the last backup.',
  postgresql:
    'Keep a copy of PostgreSQL’s folder, of which something can be saved, and put the last backup back, or have a standby that is whole take over. What it has met `SELECT pg_stat_reset()` makes it forget.',
}

function sentenceOf(name: string, error: unknown): string {
  const reason = failureOfSqlite(error) ?? failureOfPostgresql(error)
  const said = inASentence(`The database ${name}`, error, reason)
  // Another's words may quote the address, and the password with it.
  return said instanceof StartError ? said.message : `The database ${name} cannot be used: ${codeOf(error)}.`
}

function codeOf(error: unknown): string {
  return String(
    (error as { code?: unknown } | undefined)?.code ?? (error as Error | undefined)?.name ?? 'it does not say why',
  )
}

function remedyOf(engine: 'sqlite' | 'postgresql', error: unknown): string {
  if (isDamaged(error) || isDamagedThere(error)) return ofDamage[engine]
  if (engine === 'sqlite')
    return 'Look who owns the file and its folder, whether the disk is full or read-only, and whether another program holds a lock.'
  return (
    remediesThere[failureOfPostgresql(error) ?? ''] ??
    'Look whether PostgreSQL runs and is reached at the address of DATABASE_URL, and whether user, password and database exist.'
  )
}

// By what it is that keeps PostgreSQL from answering.
const remediesThere: Record<string, string> = {
  'it may only be read':
    'Lead DATABASE_URL to the server that takes writes: this one is a standby, or has default_transaction_read_only set.',
  'the disk is full': 'Make room where PostgreSQL has its data.',
  'another process keeps it locked': 'Look in pg_stat_activity who has a transaction open, and have it ended.',
}

/** Where the secret is, and who else may read it. */
function secret(): Outcome {
  const source = secretSource()
  if (source === 'ROOT_SECRET') return ok('ROOT_SECRET is set.')
  if (!existsSync(source)) return ok(`The first start makes ${source}.`)
  return statSync(source).mode & 0o077
    ? warning(`Others than its owner may read ${source}.`, `chmod 600 ${source}`)
    : ok(`${source} is there, and its owner’s alone.`)
}

/**
 * Whether the time can be right: not before this version was made, the same as the database's, and not before something was
 * written. Of one that is ahead, where the database has none of its own, nothing tells until it is set back.
 */
export function clockOf(ahead: number | undefined, now = Date.now(), written = now): Outcome {
  const remedy =
    'Have the machine follow a time server (timedatectl set-ntp true): tokens, codes and ceremonies go by the clock.'
  const names = readdirSync(join(process.cwd(), 'prisma/auth/sqlite/migrations'))
  const newest =
    names
      .filter((name) => /^\d{14}/.test(name))
      .sort()
      .at(-1) ?? ''
  const [, year, month, date] = /^(\d{4})(\d\d)(\d\d)/.exec(newest) ?? []
  const made = year ? Date.UTC(Number(year), Number(month) - 1, Number(date)) : 0
  if (now < made - day)
    return failed(`It is ${new Date(now).toISOString()} here, before this version was made.`, remedy)
  if (written - now >= 2_000) {
    const then = `The audit log has an entry of ${new Date(written).toISOString()}, ${Math.round((written - now) / 1_000)} s ahead of this clock`
    return warning(`${then}: it was set back, or was wrong then.`, remedy)
  }
  if (ahead === undefined) return ok(`It is ${new Date(now).toISOString()}.`)
  const seconds = Math.round(Math.abs(ahead) / 100) / 10
  const said = `The database’s clock is ${seconds} s ${ahead > 0 ? 'ahead of' : 'behind'} this one.`
  if (Math.abs(ahead) >= 30_000) return failed(said, remedy)
  return Math.abs(ahead) >= 2_000 ? warning(said, remedy) : ok(said)
}
