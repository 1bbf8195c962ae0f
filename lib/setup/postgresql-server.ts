import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { postgresqlPrograms } from './postgresql.mjs'

/** A PostgreSQL with nothing in it, reached by a socket of its own and by no port. */
export interface PostgresqlServer {
  /** The address of a database of it, which need not be there. */
  urlOf(database: string): string
  /** Makes a database: an empty one, or a copy of another that nobody uses. Resolves with its address. */
  create(database: string, like?: string): Promise<string>
  drop(database: string): Promise<void>
  /** Of the process that the others of it end with. */
  pid(): number
  /** Ends it as a crash of it does; what it acknowledged is on disk. */
  kill(): Promise<void>
  /** Has it answer nothing, as where its machine hangs, and go on after that. */
  hang(): void
  goOn(): void
  /** It, and those of its processes that answer for it. */
  processes(): number[]
  /** Starts it again after it was killed. */
  start(): Promise<void>
  /** Ends it in good order, has something done to the folder of its databases, and starts it again. */
  rest(work: (data: string) => unknown): Promise<void>
  /** Ends it; what was in it is gone, but where it is kept. */
  stop(): Promise<void>
}

const user = 'playground'

/**
 * Starts a PostgreSQL of its own, with the system's user `postgres` where this is root, whom it refuses.
 *
 * @param settings of its configuration, beside those that keep it small
 * @param kept a folder whose databases are kept when it ends; else what was in it is gone
 * @param making how its databases are made, in words of initdb's
 * @throws Error with its output when it does not come up within 30 s
 */
export async function startPostgresql(
  settings: Record<string, string> = {},
  kept?: string,
  making: string[] = [],
): Promise<PostgresqlServer> {
  const programs = postgresqlPrograms()
  if (!programs) throw new Error('There is no PostgreSQL on this machine.')
  if (kept) mkdirSync(kept, { recursive: true })
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'playground-postgresql-'))
  const owner = process.getuid?.() === 0 ? idsOf('postgres') : undefined
  if (owner) chownSync(folder, owner.uid, owner.gid)
  const data = join(folder, 'data')
  const quiet = { ...owner, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] as ['ignore', 'ignore', 'pipe'] }
  const how = ['-U', user, '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync', ...making]
  if (!existsSync(data)) execFileSync(join(programs, 'initdb'), ['-D', data, ...how], quiet)
  const all = {
    ...{ listen_addresses: '', unix_socket_directories: folder, shared_buffers: '64MB', max_connections: '200' },
    ...settings,
  }
  const options = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  let child: ChildProcess
  let output = ''

  const urlOf = (database: string) => `postgresql://${user}@localhost/${database}?host=${encodeURIComponent(folder)}`
  async function ask(sql: string): Promise<void> {
    const client = new pg.Client({ connectionString: urlOf('postgres') })
    await client.connect()
    await client.query(sql).finally(() => client.end())
  }
  async function start() {
    child = spawn(join(programs ?? '', 'postgres'), ['-D', data, ...options], quiet)
    child.stderr?.on('data', (chunk) => (output += chunk))
    const deadline = Date.now() + 30_000
    while (
      !(await ask('SELECT 1').then(
        () => true,
        () => false,
      ))
    ) {
      if (child.exitCode !== null || Date.now() > deadline) throw new Error(`PostgreSQL did not come up:\n${output}`)
      await delay(20)
    }
  }
  async function end(signal: 'SIGKILL' | 'SIGQUIT' | 'SIGINT') {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    await ended
  }
  function processes(): number[] {
    const of = execFileSync('ps', ['-o', 'pid=', '--ppid', String(child.pid)], { encoding: 'utf8' })
    return [child.pid as number, ...of.split(/\s+/).filter(Boolean).map(Number)]
  }
  /** To all of them. One that ends by itself meanwhile needs none. */
  function signal(name: 'SIGSTOP' | 'SIGCONT') {
    for (const pid of processes()) {
      try {
        process.kill(pid, name)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
      }
    }
  }
  await start()
  return {
    urlOf,
    async create(database, like = 'template0') {
      await ask(`CREATE DATABASE "${database}" TEMPLATE "${like}"`)
      return urlOf(database)
    },
    drop: (database) => ask(`DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`),
    pid: () => child.pid as number,
    async kill() {
      const all = processes()
      await end('SIGKILL')
      // The others see it a moment later, and hold the memory that they shared with it until then.
      while (all.some(isThere)) await delay(5)
    },
    hang: () => signal('SIGSTOP'),
    goOn: () => signal('SIGCONT'),
    processes,
    start,
    async rest(work) {
      await end('SIGINT')
      await work(data)
      await start()
    },
    async stop() {
      await end(kept ? 'SIGINT' : 'SIGQUIT')
      if (!kept) rmSync(folder, { recursive: true, force: true })
    },
  }
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

function idsOf(name: string): { uid: number; gid: number } {
  const id = (option: string) => Number(execFileSync('id', [option, name], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}
