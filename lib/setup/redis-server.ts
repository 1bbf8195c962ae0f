import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { accepted } from './accepted.ts'
import { freePort } from './serve.ts'

/** The command of a redis-server or valkey-server: the one that REDIS_SERVER names, or one on the path; undefined without. */
export const redisCommand = [process.env.REDIS_SERVER, 'redis-server', 'valkey-server'].find(
  (command) => command && spawnSync(command, ['--version']).status === 0,
)

/** A server with nothing in it, on a port of its own. */
export interface RedisServer {
  url: string
  port: number
  pid: number
  /** It hangs: connections stand, and nothing answers. */
  pause(): void
  resume(): void
  /** Ends it; what was in it is gone. */
  stop(): Promise<void>
}

/**
 * Starts a Redis that listens on this machine only and writes nothing down.
 *
 * @throws Error with its output when it does not come up within 10 s
 */
export async function startRedis({ port, password }: { port?: number; password?: string } = {}): Promise<RedisServer> {
  const chosen = port ?? (await freePort())
  const directory = mkdtempSync(join(tmpdir(), 'playground-redis-'))
  const settings = [
    '--port',
    String(chosen),
    '--bind',
    '127.0.0.1',
    '--dir',
    directory,
    '--save',
    '',
    '--appendonly',
    'no',
  ]
  const child = spawn(redisCommand ?? 'redis-server', [...settings, ...(password ? ['--requirepass', password] : [])], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output: string[] = []
  child.stdout.on('data', (chunk) => output.push(String(chunk)))
  child.stderr.on('data', (chunk) => output.push(String(chunk)))
  child.once('error', (error) => output.push(error.message))
  const stop = async () => {
    await end(child)
    rmSync(directory, { recursive: true, force: true })
  }
  if (!(await accepted(chosen, child))) {
    await stop()
    throw new Error(`Redis did not come up:\n${output.join('')}`)
  }
  const url = `redis://${password ? `:${encodeURIComponent(password)}@` : ''}127.0.0.1:${chosen}`
  return {
    url,
    port: chosen,
    pid: child.pid as number,
    pause: () => child.kill('SIGSTOP'),
    resume: () => child.kill('SIGCONT'),
    stop,
  }
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null || !child.pid) return resolve()
    child.once('exit', () => resolve())
    // One that is paused, too.
    child.kill('SIGKILL')
  })
}
