import { rmSync } from 'node:fs'
import { bareHttp, bareNext } from './bench/bare.ts'
import { syncMilliseconds } from './bench/disk.ts'
import { type Load, measure } from './bench/load.ts'
import { prepare } from './bench/preparation.ts'
import { report } from './bench/report.ts'
import { clients, get, keys, signIns, tenant } from './bench/work.ts'
import { isolated, newDataDir } from './isolated.ts'
import { serve } from './serve.ts'

// npm run bench: what a request costs, from a bare handler up to a whole sign-in, in one run and on this machine. It
// says; it judges nothing. Loopback only, in a data directory of its own.

const limitMilliseconds = 180_000

// Whatever the shell says of the server's settings, these hold, here and in the servers.
const dataDir = newDataDir('bench')
const settings = { ...isolated(dataDir), NODE_ENV: 'production' }
Object.assign(process.env, settings)

const running: number[] = []
process.on('exit', () => {
  for (const pid of running) end(pid)
  rmSync(dataDir, { recursive: true, force: true })
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
setTimeout(() => {
  console.error('The bench did not end in three minutes.')
  process.exit(1)
}, limitMilliseconds).unref()

await prepare({ build: true })
const apiKeys = await keys()
const rows = await measure([
  ...(await bare('bare node:http handler', bareHttp)),
  ...(await bare('bare Next route handler', bareNext)),
  ...(await served('start', 'npm start')),
  ...(await served('next', 'next start')),
])
console.log(report(rows, syncMilliseconds(dataDir)))
process.exit(0)

async function bare(title: string, start: typeof bareHttp): Promise<Load[]> {
  const { baseUrl, path, pid } = await start()
  running.push(pid)
  return [{ title, pid, clients: get(clients(baseUrl), path) }]
}

async function served(mount: 'start' | 'next', through: string): Promise<Load[]> {
  const { baseUrl, child } = await serve(mount, settings)
  const pid = child.pid as number
  running.push(pid)
  const connections = clients(baseUrl)
  return [
    { title: `GET /v1/tenant, ${through}`, pid, clients: tenant(connections, apiKeys) },
    { title: `sign-in (begin + finish), ${through}`, pid, clients: await signIns(connections, apiKeys, mount) },
  ]
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {}
}
