import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { bareHttp, bareNext } from './bench/bare.ts'
import { measureChecks } from './bench/checks.ts'
import type { Connection } from './bench/connection.ts'
import { measureCounting } from './bench/counting.ts'
import { makeKeys } from './bench/data.ts'
import { syncMilliseconds } from './bench/disk.ts'
import { type Load, type Measured, measure } from './bench/load.ts'
import { prepare } from './bench/preparation.ts'
import { measureRefusals } from './bench/refusals.ts'
import { report } from './bench/report.ts'
import { clients, get, signIns, tenant } from './bench/work.ts'
import { startWorker } from './bench/worker.ts'
import type { Facts } from './bench/workers/better-auth.ts'
import { isolated, newDataDir } from './isolated.ts'
import { serve } from './serve.ts'

// npm run bench: what a request costs, from a bare handler up to a whole sign-in; what is told by how long a refusal
// takes; what the key check and counting cost of it. In one run and on this machine. It says; it judges nothing.
// Loopback only, in a data directory of its own.

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
const keys = await makeKeys()
const [http, next] = [await bare('bare node:http handler', bareHttp), await bare('bare Next route handler', bareNext)]
const [start, nextStart] = [await served('start', 'npm start'), await served('next', 'next start')]
const loads = { http, next, tenantStart: start.tenant, signInStart: start.signIn }
const requests = await measureAll({ ...loads, tenantNext: nextStart.tenant, signInNext: nextStart.signIn })

step('refused keys')
const refusals = await measureRefusals(start.connections[0] as Connection, keys.presented)

step('the key check and counting')
const ours = await startWorker<object>('ours', { DATA_DIR: join(dataDir, 'ours') })
const theirs = await startWorker<Facts>('better-auth', { DATA_DIR: join(dataDir, 'better-auth') })
const checks = await measureChecks(ours, theirs)
const counting = await measureCounting(join(dataDir, 'playground.db'), start.tenant.clients, ours)

console.log(report({ requests, refusals, checks, counting, sync: syncMilliseconds(dataDir) }))
process.exit(0)

async function bare(title: string, start: typeof bareHttp): Promise<Load> {
  const { baseUrl, path, pid } = await start()
  running.push(pid)
  return { title, pid, clients: get(clients(baseUrl), path) }
}

async function served(mount: 'start' | 'next', through: string) {
  const { baseUrl, child } = await serve(mount, settings)
  const pid = child.pid as number
  running.push(pid)
  const connections = clients(baseUrl)
  return {
    connections,
    tenant: { title: `GET /v1/tenant, ${through}`, pid, clients: tenant(connections, keys.clients) },
    signIn: {
      title: `sign-in (begin + finish), ${through}`,
      pid,
      clients: await signIns(connections, keys.clients, mount),
    },
  }
}

async function measureAll<Name extends string>(loads: Record<Name, Load>): Promise<Record<Name, Measured>> {
  const measured = await measure(Object.values<Load>(loads))
  return Object.fromEntries(Object.keys(loads).map((name, at) => [name, measured[at]])) as Record<Name, Measured>
}

function step(what: string): void {
  process.stderr.write(`  Measuring ${what}\n`)
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {}
}
