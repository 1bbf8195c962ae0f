import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { closeToOthers } from './file-modes.ts'
import { inASentence, StartError } from './start-error.ts'

/** A secret that a server keeps in a file. */
interface SecretFile {
  file: string
  /** What messages call it. */
  name: string
  /** The setting that may hold it instead. */
  variable: string
  /** The database that is made under it. */
  databaseFile: string
  /** Whether anything in that database was made under a secret already. */
  isUsed(): boolean
}

const fewest = 32

/**
 * The secret in its file, made on first start, and never for a database that was made under another. Of two processes that
 * start at once, one makes it. Every byte of the file counts, a line break at its end too.
 *
 * @throws StartError where the file has too little in it to keep anybody from guessing, where it is gone, and where it cannot
 * be read or made
 */
export function secretFile(wanted: SecretFile): string {
  const { file, name } = wanted
  const kept = readOrMake(wanted)
  const { length } = kept.trim()
  if (length >= fewest) return kept
  throw new StartError(
    `The ${name} in ${file} has ${length} characters and needs at least ${fewest}: put the file back from your backup, or delete it where nothing was made under it yet.`,
  )
}

function readOrMake(wanted: SecretFile): string {
  const { file, name } = wanted
  try {
    if (existsSync(file)) {
      closeToOthers(file)
      return readFileSync(file, 'utf8')
    }
    // Looked at before the file once more: whoever uses a database has made its secret before.
    if (wanted.isUsed() && !existsSync(file)) throw gone(wanted)
    return make(file)
  } catch (error) {
    throw inASentence(`The ${name} ${file}`, error)
  }
}

function gone({ file, name, variable, databaseFile }: SecretFile): StartError {
  return new StartError(
    `The database ${databaseFile} was made under the ${name} in ${file}, which is not there: put the file back from your backup, or set ${variable}.`,
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
