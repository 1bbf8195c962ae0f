import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { mpcServerArguments } from '../foundation/mpc-server-process.mjs'
import { isolated, newDataDir } from './isolated.ts'
import { freePort } from './serve.ts'

/**
 * Starts the MPC server on a free port with a data directory of its own. With MPC_PORT or DATA_DIR among the settings it is
 * that one instead; such a directory stays when the server stops.
 *
 * @throws Error with the server's output when it does not come up within a minute
 */
export async function serveMpc(settings: Record<string, string>) {
  const port = settings.MPC_PORT ? Number(settings.MPC_PORT) : await freePort()
  const dataDir = settings.DATA_DIR ?? newDataDir('mpc')
  const env = { ...process.env, ...isolated(dataDir), MPC_PORT: String(port), ...settings }
  const child = spawn(process.execPath, mpcServerArguments, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const output: string[] = []
  const up = Promise.withResolvers<void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output.push(String(chunk))
      if (output.join('').includes('is ready')) up.resolve()
    })
  }
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  void ended.then(() => up.reject(new Error(`The MPC server did not come up:\n${output.join('')}`)))
  const late = setTimeout(() => child.kill('SIGKILL'), 60_000)
  await up.promise
  clearTimeout(late)
  return {
    url: `${settings.MPC_TLS_CERT ? 'https' : 'http'}://localhost:${port}`,
    port,
    dataDir,
    child,
    output,
    async stop(signal: NodeJS.Signals = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal)
      const code = await ended
      if (!settings.DATA_DIR) rmSync(dataDir, { recursive: true, force: true })
      return code
    },
  }
}
