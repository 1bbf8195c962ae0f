import { spawnSync } from 'node:child_process'
import { step } from './prepare.mjs'

const servers = ['redis-server', 'valkey-server']

/**
 * Finds or installs a server for the tests of shared limits: one that is on the machine, else Debian's, where apt may be
 * used without a password. The tests start it themselves, on a port of their own.
 *
 * @returns its command
 * @throws Error that says why none can be had
 */
export async function redisServer() {
  const named = process.env.REDIS_SERVER
  if (named) return named
  if (!found()) await install()
  const server = found()
  if (!server) throw new Error('There is none after its installation.')
  return server
}

function found() {
  return servers.find((server) => works(server, '--version'))
}

async function install() {
  if (!works('apt-get', '--version')) throw new Error('Neither is on the path, and there is no apt-get.')
  const root = process.getuid?.() === 0
  if (!root && !works('sudo', '-n', 'true')) throw new Error('Neither is on the path, and apt-get needs root.')
  const [command, ...first] = root ? ['apt-get'] : ['sudo', '-n', 'apt-get']
  const apt = (...args) =>
    step(`apt-get ${args[0]}`, command, [...first, '-o', 'DPkg::Lock::Timeout=120', ...args], {}, true)
  // With lists that are old, or of which one cannot be had, the package may still be there.
  await apt('update').catch(() => {})
  await apt('install', '-y', '--no-install-recommends', 'redis-server')
}

function works(command, ...args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0
}
