import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import Database from 'better-sqlite3'

/** A part of a file, in bytes. */
export interface Page {
  offset: number
  size: number
}

/** Where tables and their indexes begin in a file of SQLite's, after all that is beside it was brought in; of one table, or all. */
export function rootsOf(file: string, table = '%'): Page[] {
  const database = new Database(file)
  database.pragma('wal_checkpoint(TRUNCATE)')
  const size = database.pragma('page_size', { simple: true }) as number
  const roots = database.prepare('SELECT rootpage FROM sqlite_master WHERE tbl_name LIKE ? AND rootpage > 1').pluck()
  const pages = (roots.all(table) as number[]).map((page) => ({ offset: (page - 1) * size, size }))
  database.close()
  return pages
}

/** Overwrites pages of a file, as a disk does that fails; returns what puts them back. */
export function overwrite(file: string, pages: Page[]): () => void {
  const opened = openSync(file, 'r+')
  const before = pages.map(({ offset, size }) => {
    const bytes = Buffer.alloc(size)
    readSync(opened, bytes, 0, size, offset)
    writeSync(opened, Buffer.alloc(size, 0xa5), 0, size, offset)
    return { offset, bytes }
  })
  closeSync(opened)
  return () => {
    const again = openSync(file, 'r+')
    for (const { offset, bytes } of before) writeSync(again, bytes, 0, bytes.length, offset)
    closeSync(again)
  }
}
