import { execFileSync } from 'node:child_process'
import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** Puts a disk of its own under a folder, which is small enough to be filled; whether this user may. */
export function mountSmall(folder: string, options: string): boolean {
  return mounted('-t', 'tmpfs', '-o', options, 'tmpfs', folder)
}

/** Has a folder's files only be read, as where its disk is mounted so; undefined without the right to. */
export function readOnly(folder: string): (() => void) | undefined {
  if (mounted('--bind', folder, folder) && mounted('-o', 'remount,bind,ro', folder)) return () => unmount(folder)
  console.info('A disk that may only be read is not tried: nothing can be mounted here.')
  return undefined
}

export function unmount(folder: string): void {
  execFileSync('umount', ['-l', folder])
}

function mounted(...how: string[]): boolean {
  try {
    execFileSync('mount', how, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Leaves no room on a folder's disk; returns what makes it again. */
export function fill(folder: string): () => void {
  const filler = join(folder, 'filler')
  const file = openSync(filler, 'w')
  try {
    for (;;) writeSync(file, Buffer.alloc(4096, 1))
  } catch {
    closeSync(file)
  }
  return () => rmSync(filler)
}
