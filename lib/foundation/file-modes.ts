import { chmodSync, closeSync, existsSync, openSync, statSync } from 'node:fs'

/**
 * Keeps a database to its owner: its file is there, and that and what SQLite lays beside it are nobody else's to read,
 * whoever made the directory. SQLite gives new files beside it the same mode.
 */
export function keepToOwner(file: string): void {
  closeSync(openSync(file, 'a', 0o600))
  for (const path of [file, `${file}-wal`, `${file}-shm`].filter((path) => existsSync(path))) closeToOthers(path)
}

/**
 * Makes a file nobody's but its owner's. What belongs to another user stays as it is, and what a file system lets nobody
 * change.
 */
export function closeToOthers(file: string): void {
  const { mode, uid } = statSync(file)
  if ((mode & 0o077) === 0 || ![0, uid].includes(process.getuid?.() ?? -1)) return
  try {
    chmodSync(file, 0o600)
  } catch (error) {
    if (!/^(?:EROFS|EPERM|ENOTSUP)$/.test((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}
