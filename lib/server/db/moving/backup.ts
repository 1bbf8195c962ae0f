import { closeSync, existsSync, fsyncSync, linkSync, openSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { inASentence, StartError } from '#lib/foundation/start-error.ts'
import { failureOf } from '#lib/foundation/storage-failure.ts'

// Pages at a time: between two of these others have their turn.
const pages = 2_000

/**
 * Copies a database of SQLite into a file of its own, as it is at one moment, while others write to it. The file is there
 * once it is whole, on disk, and found sound; only its owner may read it.
 *
 * @param check looks at the copy before it is there, and throws where it is none
 * @throws StartError where there is such a file already, where the copy is damaged, and where either cannot be used
 */
export async function copyFile(
  from: string,
  to: string,
  { check, progress }: { check(file: string): void; progress(done: number, all: number): void },
): Promise<void> {
  refuseExisting(to)
  const draft = `${to}.${process.pid}.part`
  const told = (error: unknown) =>
    inASentence(`The copy of ${from} in ${to}`, error, reasonOf(error) ?? failureOf(error))
  try {
    closeSync(openSync(draft, 'wx', 0o600))
  } catch (error) {
    throw told(error)
  }
  try {
    await copyPages(from, draft, progress)
    refuseDamaged(draft, from)
    check(draft)
    sync(draft)
    linkSync(draft, to)
    sync(dirname(to))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') refuseExisting(to)
    throw told(error)
  } finally {
    for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${draft}${end}`, { force: true })
  }
}

async function copyPages(from: string, to: string, progress: (done: number, all: number) => void): Promise<void> {
  const source = new Database(from, { readonly: true, fileMustExist: true, timeout: 15_000 })
  try {
    // A transaction that has read keeps to what it saw, so that no write of another process has the copy begin again.
    source.exec('BEGIN')
    source.prepare('SELECT count(*) FROM sqlite_master').get()
    await source.backup(to, {
      progress({ totalPages, remainingPages }) {
        progress(totalPages - remainingPages, totalPages)
        return pages
      },
    })
  } finally {
    source.close()
  }
}

/** Also makes it one file: what is in the journal's mode of the original would lay others beside it. */
function refuseDamaged(file: string, from: string): void {
  const database = new Database(file)
  try {
    database.pragma('journal_mode = DELETE')
    const found = database.pragma('integrity_check', { simple: true })
    if (found !== 'ok') throw new StartError(`${from} is damaged: ${found}. Nothing was made of it.`)
  } finally {
    database.close()
  }
}

/** @throws StartError where one of the files of a database is there already */
export function refuseExisting(file: string): void {
  const there = [file, `${file}-wal`, `${file}-shm`].find((path) => existsSync(path))
  if (there) throw new StartError(`${there} is there already, and is not overwritten: move it away, or name another.`)
}

function sync(path: string): void {
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function reasonOf(error: unknown): string | undefined {
  const { code, message } = (error ?? {}) as { code?: string; message?: string }
  if (code === 'ENOENT' || message?.includes('directory does not exist')) return 'there is no such directory'
  return /^SQLITE_(?:NOTADB|CORRUPT)/.test(code ?? '') ? 'it is damaged, or no database of SQLite' : undefined
}
