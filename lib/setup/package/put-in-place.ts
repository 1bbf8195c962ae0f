import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Moves what was built into the folder that it is handed out of, each file at once, and takes away what is not of this
 * build. The stamp of that folder stays.
 *
 * @param from a folder of this build's own, on the same file system: it is gone afterwards
 */
export function putInPlace(from: string, into: string): void {
  const built = readdirSync(from)
  mkdirSync(into, { recursive: true })
  for (const file of built) renameSync(join(from, file), join(into, file))
  const kept = new Set([...built, '.stamp'])
  for (const file of readdirSync(into).filter((file) => !kept.has(file)))
    rmSync(join(into, file), { recursive: true, force: true })
  rmSync(from, { recursive: true })
}
