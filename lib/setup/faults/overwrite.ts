import { closeSync, openSync, readSync, writeSync } from 'node:fs'

/** A part of a file, in bytes. */
export interface Page {
  offset: number
  size: number
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
