import { chmodSync, closeSync, existsSync, openSync, statSync } from 'node:fs'

/**
 * Keeps a database to its owner: its file is there, and that and what SQLite lays beside it are nobody else's to read,
 * whoever made the directory. SQLite gives new files beside it the same mode. What belongs to another user stays as it is.
 */
export function keepToOwner(file: string): void {
  closeSync(openSync(file, 'a', 0o600))
  for (const path of [file, `${file}-wal`, `${file}-shm`].filter((path) => existsSync(path))) {
    const { mode, uid } = statSync(path)
    if ((mode & 0o077) !== 0 && [0, uid].includes(process.getuid?.() ?? -1)) chmodSync(path, 0o600)
  }
}
