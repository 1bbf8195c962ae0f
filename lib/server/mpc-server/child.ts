import { type ChildProcess, spawn } from 'node:child_process'
import { mpcServerArguments } from '#lib/foundation/mpc-server-process.mjs'
import { StartError } from '#lib/foundation/start-error.ts'
import { env } from '../env.ts'
import { log } from '../log.ts'
import { mpcServiceToken } from '../service-tokens/service-tokens.ts'
import { noteMpcServer } from './health.ts'

// How long it has to come up; the first and the longest wait before it is started again; and after how long it counts as
// having been well. All in milliseconds.
const patience = 30_000
const [firstWait, longestWait] = [250, 10_000]
const well = 30_000

/** The MPC server beside this one. */
export interface MpcServer {
  address: string
  /** Ends it, once the calls under way have ended. */
  stop(): Promise<void>
}

/**
 * Starts the MPC server as a process of its own, with a database and a secret of its own; where it dies it is started again,
 * the longer after the sooner it died, and until then this server's readiness says so. It ends with this process, however
 * that ends.
 *
 * @throws StartError in the words of the MPC server where it cannot start
 */
export async function startMpcServer(): Promise<MpcServer> {
  const settings = await settingsOf()
  let stopping = false
  let wait = firstWait
  let timer: NodeJS.Timeout | undefined
  let running = await started(settings)
  watch()
  return {
    address: running.address,
    async stop() {
      stopping = true
      clearTimeout(timer)
      const { child, ended } = running
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
      await ended
    },
  }

  function watch(): void {
    const since = performance.now()
    noteMpcServer('ok')
    void running.ended.then(() => {
      if (stopping) return
      noteMpcServer('down')
      if (performance.now() - since >= well) wait = firstWait
      log().error({ exitCode: running.child.exitCode, signal: running.child.signalCode }, 'the MPC server ended')
      again()
    })
  }

  function again(): void {
    timer = setTimeout(async () => {
      wait = Math.min(wait * 2, longestWait)
      try {
        const next = await started(settings)
        running = next
        if (stopping) next.child.kill('SIGTERM')
        else watch()
      } catch (err) {
        log().error({ err }, 'the MPC server does not start; it is tried again')
        if (!stopping) again()
      }
    }, wait)
  }
}

async function settingsOf(): Promise<NodeJS.ProcessEnv> {
  const { port, host, baseUrl, mpcPort } = env()
  const given = process.env
  return {
    ...given,
    // Set to nothing they come from no file either: the MPC server has a secret and a database of its own, and not this one's.
    ...{ ROOT_SECRET: '', DATABASE_URL: '', REDIS_URL: '' },
    MPC_PORT: String(mpcPort),
    MPC_ISSUER: given.MPC_ISSUER || baseUrl,
    // Straight to this process, whatever stands in front of it.
    MPC_USAGE_URL: given.MPC_USAGE_URL || `http://${host ?? 'localhost'}:${port}/v1/usage/events`,
    MPC_USAGE_TOKEN: given.MPC_USAGE_TOKEN || (await mpcServiceToken()),
  }
}

interface Running {
  child: ChildProcess
  address: string
  ended: Promise<void>
}

async function started(settings: NodeJS.ProcessEnv): Promise<Running> {
  const child = spawn(process.execPath, mpcServerArguments, {
    env: settings,
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  })
  const ready = Promise.withResolvers<string>()
  let said = ''
  let isUp = false
  child.stderr?.on('data', (chunk) => {
    if (isUp) process.stderr.write(chunk)
    else said += chunk
  })
  child.once('message', (message) => ready.resolve((message as { address: string }).address))
  // Once its output has been read, too.
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  child.once('error', ready.reject)
  void ended.then(() => ready.reject(new StartError(said.trim() || 'The MPC server does not start.')))
  const late = setTimeout(() => child.kill('SIGKILL'), patience)
  try {
    const address = await ready.promise
    isUp = true
    return { child, address, ended }
  } finally {
    clearTimeout(late)
  }
}
