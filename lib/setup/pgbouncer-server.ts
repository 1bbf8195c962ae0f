import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { accepted } from './accepted.ts'
import { freePort } from './serve.ts'

/** The command of PgBouncer: the one that PGBOUNCER names, or one where it is usually kept; undefined without. */
export const pgbouncerCommand = [process.env.PGBOUNCER, 'pgbouncer', '/usr/sbin/pgbouncer'].find(
  (command) => command && spawnSync(command, ['--version']).status === 0,
)

/**
 * Starts a PgBouncer that gives a connection of the server to each transaction for as long as that lasts, and has two of them.
 *
 * @param server the address of a database of a server that `startPostgresql` started
 * @returns the address of the same database, by the pooler
 * @throws Error with its output when it does not come up
 */
export async function startPgbouncer(server: string) {
  const { username, pathname, searchParams } = new URL(server)
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'playground-pgbouncer-'))
  const settings = join(folder, 'pgbouncer.ini')
  writeFileSync(
    settings,
    `[databases]
* = host=${searchParams.get('host')} user=${username}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 2
`,
  )
  chmodSync(folder, 0o755)
  // It refuses root; the server's socket is its owner's.
  const root = process.getuid?.() === 0
  const id = (option: string) => Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }))
  const child = spawn(pgbouncerCommand ?? 'pgbouncer', [settings], {
    ...(root ? { uid: id('-u'), gid: id('-g') } : {}),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk
    })
  child.once('error', (error) => {
    output += error.message
  })
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null && child.pid) {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGQUIT')
      await ended
    }
    rmSync(folder, { recursive: true, force: true })
  }
  if (!(await accepted(port, child))) {
    await stop()
    throw new Error(`PgBouncer did not come up:\n${output}`)
  }
  return { url: `postgresql://${username}@127.0.0.1:${port}${pathname}?connect_timeout=30`, stop }
}
