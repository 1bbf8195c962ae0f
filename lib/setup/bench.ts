import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bareHttp, bareNext } from './bench/bare.ts'
import { type Client, measure } from './bench/load.ts'
import { prepare } from './bench/preparation.ts'
import { type Row, report } from './bench/report.ts'
import { clients, get, keys, signIns, tenant } from './bench/work.ts'
import { serve } from './serve.ts'

// npm run bench: what a request costs, from a bare handler up to a whole sign-in, in one run and on this machine. It
// says; it judges nothing. Loopback only, in a data directory of its own.

const limitMilliseconds = 180_000

setTimeout(() => {
  console.error('The bench did not end in three minutes.')
  process.exit(1)
}, limitMilliseconds).unref()

// Whatever the shell says of the server's settings, these hold, here and in the servers.
const dataDir = mkdtempSync(join(tmpdir(), 'playground-bench-'))
const settings = { NODE_ENV: 'production', LOG_LEVEL: 'warn', DATA_DIR: dataDir, DATABASE_URL: '', ROOT_SECRET: '' }
Object.assign(process.env, settings)

const pids = new Set<number>()
process.on('exit', () => {
  for (const pid of pids) end(pid)
  rmSync(dataDir, { recursive: true, force: true })
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

await prepare({ build: true })
const rows: Row[] = []

for (const [title, start] of [
  ['bare node:http handler', bareHttp],
  ['bare Next route handler', bareNext],
] as const) {
  const { baseUrl, path, pid, stop } = await start()
  pids.add(pid)
  await row(title, pid, get(await clients(baseUrl), path))
  stop()
  pids.delete(pid)
}

const apiKeys = await keys()
for (const [mount, through] of [
  ['start', 'npm start'],
  ['next', 'next start'],
] as const) {
  const { baseUrl, child, stop } = await serve(mount, settings)
  const pid = child.pid as number
  pids.add(pid)
  const connections = await clients(baseUrl)
  await row(`GET /v1/tenant, ${through}`, pid, tenant(connections, apiKeys))
  await row(`sign-in (begin + finish), ${through}`, pid, await signIns(connections, apiKeys, mount))
  for (const connection of connections) connection.close()
  await stop()
  pids.delete(pid)
}

console.log(report(rows))
process.exit(0)

async function row(title: string, pid: number, work: Client[]): Promise<void> {
  process.stderr.write(`  ${title} …\n`)
  rows.push({ title, ...(await measure(pid, work)) })
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {}
}
