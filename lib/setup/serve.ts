import { type ChildProcess, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { freePort } from '../testing/free-port.ts'
import { isolated, newDataDir } from './isolated.ts'

export { freePort } from '../testing/free-port.ts'

/** A server that a test run started, what serves the API in it, and where its data is. */
export interface Served {
  mount: keyof typeof commands
  baseUrl: string
  dataDir: string
  /** What its process has besides, and whoever shares its database needs, too. */
  settings?: Record<string, string>
}

declare module 'vitest' {
  interface ProvidedContext {
    served: Served | undefined
  }
}

const commands = {
  start: (_port: number) => ['lib/server/main.ts'],
  next: (port: number) => ['node_modules/next/dist/bin/next', 'start', '--port', String(port)],
}

/**
 * Serves the built app on a free port with a data directory of its own. With PORT or DATA_DIR among the settings it is
 * that one instead; such a directory stays when the server stops.
 *
 * @param up what answers well once it has come up
 * @throws Error with the server's output when it does not come up within a minute
 */
export async function serve(mount: keyof typeof commands, settings: Record<string, string> = {}, up = '/readyz') {
  const port = settings.PORT ? Number(settings.PORT) : await freePort()
  const served: Served = {
    mount,
    baseUrl: `http://localhost:${port}`,
    dataDir: settings.DATA_DIR ?? newDataDir('served'),
  }
  const child = spawn(process.execPath, commands[mount](port), {
    env: {
      ...process.env,
      ...isolated(served.dataDir),
      NODE_ENV: 'production',
      PORT: String(port),
      BASE_URL: served.baseUrl,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output: string[] = []
  child.stdout.on('data', (chunk) => output.push(String(chunk)))
  child.stderr.on('data', (chunk) => output.push(String(chunk)))
  await ready(`${served.baseUrl}${up}`, child, output)
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    const code = await end(child, signal)
    if (!settings.DATA_DIR) rmSync(served.dataDir, { recursive: true, force: true })
    return code
  }
  return { ...served, port, child, output, stop }
}

/** A vitest global set-up that serves one mount for its project. */
export async function serveFor(
  mount: keyof typeof commands,
  provide: (name: 'served', served: Served) => void,
  settings: Record<string, string> = {},
) {
  const { baseUrl, dataDir, stop } = await serve(mount, settings)
  provide('served', { mount, baseUrl, dataDir, settings })
  return async () => {
    await stop()
  }
}

async function ready(url: string, child: ChildProcess, output: string[]): Promise<void> {
  const deadline = Date.now() + 60_000
  while (Date.now() < deadline && child.exitCode === null) {
    const answer = await fetch(url).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  child.kill('SIGKILL')
  throw new Error(`The server did not come up:\n${output.join('')}`)
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve(child.exitCode)
    child.once('exit', resolve)
    child.kill(signal)
  })
}
