import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { isolated } from './isolated.ts'
import { freePort } from './serve.ts'

/** Serves the API without pages in a process of its own, which also sends webhooks; on a data directory that stays. */
export async function serveApi(dataDir: string, settings: Record<string, string> = {}) {
  const port = await freePort()
  const baseUrl = `http://localhost:${port}`
  const child = fork(fileURLToPath(new URL('api-process.ts', import.meta.url)), {
    env: { ...process.env, ...isolated(dataDir), PORT: String(port), BASE_URL: baseUrl, ...settings },
    execArgv: [],
  })
  const exited = once(child, 'exit')
  await Promise.race([
    once(child, 'message'),
    exited.then(([code]) => {
      throw new Error(`The API's process ended with ${code} before it was ready.`)
    }),
  ])
  /** Its exit code; null where a signal ended it. */
  const stop = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal)
    const [code] = await exited
    return code
  }
  return { baseUrl: settings.BASE_URL ?? baseUrl, url: baseUrl, stop }
}
