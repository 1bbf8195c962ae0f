import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'

const times = 100

/** How long this disk takes to make one written page safe, as every commit does: the median, in milliseconds. */
export function syncMilliseconds(directory: string): number {
  const file = openSync(join(directory, 'sync-probe'), 'w')
  try {
    const took = Array.from({ length: times }, () => {
      writeSync(file, Buffer.alloc(4096))
      const began = performance.now()
      fdatasyncSync(file)
      return performance.now() - began
    })
    return took.sort((one, other) => one - other)[times / 2] as number
  } finally {
    closeSync(file)
  }
}
