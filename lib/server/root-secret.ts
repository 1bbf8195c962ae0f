import { createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { closeToOthers } from './db/file-modes.ts'
import { madeUnder } from './db/made-under.ts'
import { env } from './env.ts'
import { inASentence, StartError } from './start-error.ts'

let secret: string | undefined
const prepared = new Map<string, KeyObject>()

/**
 * A 32-byte key for one purpose, derived from the root secret (HKDF-SHA-256): the same for every process that shares it.
 *
 * @throws StartError where the secret is none
 * @see https://www.rfc-editor.org/rfc/rfc5869
 */
export function deriveKey(purpose: string, length = 32): Buffer {
  secret ??= env().rootSecret ?? fileSecret(env().dataDir)
  return Buffer.from(hkdfSync('sha256', secret, '', purpose, length))
}

/** The same, ready for use: it is prepared once for each purpose, where bytes would be for each request. */
export function preparedKey(purpose: string): KeyObject {
  const known = prepared.get(purpose)
  if (known) return known
  const key = createSecretKey(deriveKey(purpose))
  prepared.set(purpose, key)
  return key
}

/** Where the secret comes from, as messages name it. */
export function secretSource(): string {
  return env().rootSecret === undefined ? fileOf(env().dataDir) : 'ROOT_SECRET'
}

const fileOf = (dataDir: string) => join(dataDir, 'secret')
const fewest = 32

/**
 * The secret in the data directory, made on first start, and never for a database that was made under another. Of two
 * processes that start at once, one makes it. Every byte of the file counts, a line break at its end too.
 *
 * @throws StartError where the file has too little in it to keep anybody from guessing, where it is gone, and where it cannot
 * be read or made
 */
function fileSecret(dataDir: string): string {
  const file = fileOf(dataDir)
  const kept = readOrMake(file)
  const { length } = kept.trim()
  if (length >= fewest) return kept
  throw new StartError(
    `The root secret in ${file} has ${length} characters and needs at least ${fewest}: put the file back from your backup, or delete it where nothing was made under it yet.`,
  )
}

function readOrMake(file: string): string {
  try {
    if (existsSync(file)) {
      closeToOthers(file)
      return readFileSync(file, 'utf8')
    }
    // Looked at before the file once more: whoever uses a database has made its secret before.
    const { used } = madeUnder(env().databaseFile)
    if (used && !existsSync(file)) throw gone(file)
    return make(file)
  } catch (error) {
    throw inASentence(`The root secret ${file}`, error)
  }
}

function gone(file: string): StartError {
  return new StartError(
    `The database ${env().databaseFile} was made under the root secret in ${file}, which is not there: put the file back from your backup, or set ROOT_SECRET.`,
  )
}

function make(file: string): string {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  try {
    writeFileSync(draft, randomBytes(32).toString('base64url'), { mode: 0o600, flush: true })
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
  return readFileSync(file, 'utf8')
}
