/** The storage refused, and nothing was changed: worth another try soon. Its code is what every layer knows it by. */
export class StorageUnavailable extends Error {
  override name = 'StorageUnavailable'
  readonly code = 'unavailable'
}

const damaged =
  'its file is damaged. Look with `admin doctor`, and put the last backup back with `admin database restore`'

// What keeps SQLite from its file, by the beginning of its code; each in words that go on from “The database cannot be used: ”.
const reasons = {
  SQLITE_FULL: 'the disk is full',
  SQLITE_IOERR: 'the disk cannot be written or read',
  SQLITE_READONLY: 'it may only be read',
  SQLITE_CANTOPEN: 'its files cannot be opened',
  SQLITE_BUSY: 'another process keeps it locked',
  SQLITE_LOCKED: 'another process keeps it locked',
  SQLITE_PROTOCOL: 'another process keeps it locked',
  SQLITE_CORRUPT: damaged,
  SQLITE_NOTADB: damaged,
}

type Failure = keyof typeof reasons

/** Why the storage, and not the question, made a query fail; undefined for every other error. */
export function failureOf(error: unknown): string | undefined {
  const failure = kindOf(error)
  return failure && reasons[failure]
}

/** Whether another process or connection has the lock: then it is worth a wait. */
export function isBusy(error: unknown): boolean {
  return failureOf(error) === reasons.SQLITE_BUSY
}

/** Whether the file is damaged: then nothing more may be written to it. */
export function isDamaged(error: unknown): boolean {
  return failureOf(error) === damaged
}

/**
 * An error of a query, as it is passed on: a failure of the storage as StorageUnavailable, every other as it is. By then
 * what had begun is rolled back. Prisma may put an error of its own around it, with the same code.
 */
export function translated(error: unknown): unknown {
  const failure = failureOf(error)
  return failure ? refused(error, failure) : error
}

/**
 * A failure of the storage, as every layer knows it. Its message says why, for the log: of an error that another is put around
 * nothing else may be left.
 *
 * @param why in words that go on from “The database cannot take this now, and nothing was changed: ”
 */
export function refused(cause: unknown, why: string): StorageUnavailable {
  const { message, cause: inner } = (cause ?? {}) as { message?: string; cause?: { originalMessage?: string } }
  const said = `${why} (${inner?.originalMessage ?? message}).`
  return new StorageUnavailable(`The database cannot take this now, and nothing was changed: ${said}`, { cause })
}

/** By SQLite's own code: the driver's error has it, and Prisma's adapter keeps it in the cause of its own. */
function kindOf(error: unknown): Failure | undefined {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: { originalCode?: unknown } }
  const name = String(cause?.originalCode ?? code)
  return (Object.keys(reasons) as Failure[]).find((failure) => name === failure || name.startsWith(`${failure}_`))
}
