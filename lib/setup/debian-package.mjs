import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { step } from './prepare.mjs'

/**
 * Finds or installs a program that tests run: one of these commands where it is on the machine, else Debian's package, where
 * apt may be used without a password.
 *
 * @param {{ commands: string[], version: string | string[], package: string | string[] }} program its commands, what shows that they
 *   work, such as the option that makes them say their version, and the packages that hold the last resort
 * @returns its command
 * @throws Error that says why it cannot be had
 */
export async function debianPackage({ commands, version, package: name }) {
  const found = () => commands.find((command) => works(command, ...[version].flat()))
  if (!found()) await install([name].flat())
  const command = found()
  if (!command)
    throw new Error(
      `${[name].flat().join(', ')}: installed, but ${commands.join(' or ')} ${[version].flat().join(' ')} does not run.`,
    )
  return command
}

/** Where on the path a command is. */
export function pathOf(command) {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.map((folder) => join(folder, command)).find(existsSync) ?? command
}

/** Whether a command runs to a good end; one that has none within a minute does not. */
function works(command, ...args) {
  return spawnSync(command, args, { stdio: 'ignore', timeout: 60_000, killSignal: 'SIGKILL' }).status === 0
}

let lists

async function install(names) {
  if (!works('apt-get', '--version')) throw new Error('It is not on the path, and there is no apt-get.')
  const root = process.getuid?.() === 0
  if (!root && !works('sudo', '-n', 'true')) throw new Error('It is not on the path, and apt-get needs root.')
  const [command, ...first] = root ? ['apt-get'] : ['sudo', '-n', 'apt-get']
  const apt = (...args) =>
    step(`apt-get ${args[0]}`, command, [...first, '-o', 'DPkg::Lock::Timeout=120', ...args], {}, true)
  // Once for all packages. With lists that are old, or of which one cannot be had, the package may still be there.
  lists ??= apt('update').catch(() => {})
  await lists
  await apt('install', '-y', '--no-install-recommends', ...names)
}
