import { debianPackage } from './debian-package.mjs'

/**
 * The command of the pooler for the tests of what stands between server and PostgreSQL. They start it themselves, on a port of
 * their own.
 *
 * @throws Error that says why none can be had
 */
export async function pgbouncer() {
  // Debian keeps it where only root looks for commands.
  const pooler = { commands: ['pgbouncer', '/usr/sbin/pgbouncer'], version: '--version', package: 'pgbouncer' }
  return process.env.PGBOUNCER || debianPackage(pooler)
}
