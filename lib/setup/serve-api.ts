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
    silent: true,
  })
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => output.push(String(chunk)))
  const exited = once(child, 'exit')
  await Promise.race([
    once(child, 'message'),
    exited.then(([code]) => {
      throw new Error(`The API's process ended with ${code} before it was ready:\n${output.join('')}`)
    }),
  ])
  /** Runs SQL on the connection that it has to SQLite itself, which another's could not change the settings of. */
  const onItsConnection = async (sql: string): Promise<Record<string, unknown>[]> => {
    const answer = once(child, 'message')
    child.send(sql)
    return (await answer)[0]
  }
  /** Its exit code; null where a signal ended it. */
  const stop = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal)
    const [code] = await exited
    return code
  }
  return {
    baseUrl: settings.BASE_URL ?? baseUrl,
    url: baseUrl,
    output,
    pid: child.pid as number,
    onItsConnection,
    stop,
  }
}
