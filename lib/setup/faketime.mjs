import { execFileSync } from 'node:child_process'
import { debianPackage } from './debian-package.mjs'

/**
 * The library by which the tests set the clock of a process that runs: what its dynamic linker is to load first.
 *
 * @throws Error that says why it cannot be had
 */
export async function faketime() {
  return (
    process.env.LIBFAKETIME ||
    libraryOf(await debianPackage({ commands: ['faketime'], version: '--version', package: 'faketime' }))
  )
}

/** As the command itself has its children load it; undefined where there is none. */
export function libraryOf(command = 'faketime') {
  try {
    return execFileSync(command, ['-m', '-f', '+0', 'printenv', 'LD_PRELOAD'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return undefined
  }
}
