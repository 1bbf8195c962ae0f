import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { bareBetterAuth, bareConnect, bareHttp, bareNext, bareOidc } from './bench/bare.ts'
import { betterAuthSignIns } from './bench/better-auth-passkeys.ts'
import { measureChecks } from './bench/checks.ts'
import type { Connection } from './bench/connection.ts'
import { countsCheaply, measureCounting } from './bench/counting.ts'
import { type Keys, makeKeys } from './bench/data.ts'
import { syncMilliseconds } from './bench/disk.ts'
import { type Load, type Measured, measure } from './bench/load.ts'
import { logsCheaply, measureLogging } from './bench/logging.ts'
import { measureMpc } from './bench/mpc.ts'
import { credentials, makeOAuthClients, refreshing } from './bench/oauth.ts'
import { measureEngines } from './bench/postgresql.ts'
import { measureRefusals } from './bench/refusals.ts'
import { goalsOf, isMet } from './bench/report/goals.ts'
import { missed, mpcReport } from './bench/report/mpc.ts'
import { engineGoals, enginesReport } from './bench/report/postgresql.ts'
import { grows, sizeReport } from './bench/report/size.ts'
import { tooDear, worstInputsReport } from './bench/report/worst-inputs.ts'
import { report } from './bench/report.ts'
import { measureSize } from './bench/size.ts'
import { measureVerifying } from './bench/verifying.ts'
import { clients, get, registrations, signIns, tenant } from './bench/work.ts'
import { startWorker } from './bench/worker.ts'
import type { Facts } from './bench/workers/better-auth.ts'
import { turnsThrough } from './bench/worst-inputs/turns.ts'
import { measureWorstInputs } from './bench/worst-inputs.ts'
import { isolated, newDataDir } from './isolated.ts'
import { startIssuer } from './issuer.ts'
import { prepare } from './preparation.ts'
import { freePort, serve } from './serve.ts'
import { serveMpc } from './serve-mpc.ts'

// npm run bench: what a request costs, from a bare handler up to a whole sign-in, and one of better-auth's; what is told
// by how long a refusal takes; what the key check, counting and the log cost of it; what a token costs; what PostgreSQL
// costs; what the MPC server costs beside the protocol itself; what the worst inputs cost; and, only where it is asked for, what
// grows with what a tenant has. It judges counting, the log, the goals of the hot paths and the last four. In one run and on this
// machine; with --only, one of its parts.
// Loopback only, in a data directory of its own.

const limitMilliseconds = 240_000

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

const parts = { throughput, postgresql, mpc, 'worst-inputs': worstInputs, size }
const usualShare = '0.01'
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    // Of the part size: of which databases in which folder, on which engine, and asking what.
    share: { type: 'string', default: usualShare },
    ...{ on: { type: 'string' }, engine: { type: 'string' }, ask: { type: 'string' } },
  },
})
// Filling databases takes as long as all the rest.
const chosen = Object.entries(parts).filter(([name]) => (values.only ? name === values.only : name !== 'size'))
if (chosen.length === 0) {
  console.error(`--only takes one of: ${Object.keys(parts).join(', ')}`)
  process.exit(1)
}

// The MPC server has no pages, and what grows with what a tenant has is in none.
await prepare({ build: !['mpc', 'size'].includes(values.only ?? '') })
const began = performance.now()
for (const [name, measured] of chosen) {
  // To fill a database with a million users takes its time; and a fault that is tried ends with its tries, however busy it is.
  const limit = setTimeout(() => {
    if (values.share !== usualShare || values.on || process.env.FAULTS) return
    console.error(`The bench's part ${name} did not end in four minutes.`)
    process.exit(1)
  }, limitMilliseconds)
  console.log(await measured())
  clearTimeout(limit)
}
const took = Math.round((performance.now() - began) / 1000)
if (chosen.length > 1) console.log(`\nAll of it took ${took} s (goal, on a quiet machine: under 240 s).`)
process.exit()

/** The exit code says whether counting or the log costs too much, or a goal was missed. */
async function throughput(): Promise<string> {
  const port = await freePort()
  const oauthClients = await makeOAuthClients(`http://localhost:${port}`)
  const keys = await makeKeys()
  const [http, next] = [await bare('bare node:http handler', bareHttp), await bare('bare Next route handler', bareNext)]
  const [start, nextStart] = [await served('start', 'npm start', keys, port), await served('next', 'next start', keys)]
  const loads = { http, next, tenantStart: start.tenant, signInStart: start.signIn, registerStart: start.register }
  const requests = await measureAll({
    ...loads,
    tenantNext: nextStart.tenant,
    signInNext: nextStart.signIn,
    betterAuth: await betterAuth(),
  })

  step('refused keys')
  const refusals = await measureRefusals(start.connections[0] as Connection, keys.presented)

  step('the key check, counting and the log')
  const ours = await startWorker<object>('ours', { DATA_DIR: join(dataDir, 'ours') })
  const theirs = await startWorker<Facts>('better-auth', { DATA_DIR: join(dataDir, 'better-auth') })
  const checks = await measureChecks(ours, theirs)
  const counting = await measureCounting(join(dataDir, 'playground.db'), start.tenant.clients, ours)

  const logging = await measureLogging(ours)

  step('token requests')
  const oidc = await bareOidc()
  running.push(oidc.pid)
  const bareTokens = { pid: oidc.pid, at: clients(oidc.baseUrl), of: oidc.clients }
  const ourTokens = { pid: start.pid, at: start.connections, of: oauthClients }
  const tokens = await measureAll({
    bareCredentials: {
      title: 'bare client_credentials',
      pid: bareTokens.pid,
      clients: credentials(bareTokens.at, bareTokens.of),
    },
    ourCredentials: {
      title: 'client_credentials',
      pid: ourTokens.pid,
      clients: credentials(ourTokens.at, ourTokens.of),
    },
    bareRefresh: {
      title: 'bare refresh_token',
      pid: bareTokens.pid,
      clients: refreshing(bareTokens.at, bareTokens.of),
    },
    ourRefresh: { title: 'refresh_token', pid: ourTokens.pid, clients: refreshing(ourTokens.at, ourTokens.of) },
  })
  step('a signature')
  const verifying = await measureVerifying({})
  const goals = goalsOf(requests, verifying, tokens)
  const isCheap = countsCheaply(counting, requests.tenantStart) && logsCheaply(logging, requests.tenantStart)
  if (!isCheap || !goals.every(isMet)) process.exitCode = 1
  const sync = syncMilliseconds(dataDir)
  return report({ requests, refusals, checks, counting, logging, tokens, sync, verifying, goals })
}

/** The exit code says whether a goal was missed. */
async function postgresql(): Promise<string> {
  const found = await measureEngines({ settings, dataDir, running: (pid) => running.push(pid) })
  if (!found) return 'There is no PostgreSQL on this machine: it was left out.'
  const goals = engineGoals(found)
  if (!goals.every(isMet)) process.exitCode = 1
  return enginesReport(found, goals).join('\n')
}

/** The exit code says whether a goal was missed. */
async function mpc(): Promise<string> {
  const floor = await bareConnect()
  running.push(floor.pid)
  const found = await measureMpc(floor, (pid) => running.push(pid))
  if (missed(found).length > 0) process.exitCode = 1
  return mpcReport(found).join('\n')
}

/** The exit code says whether any of them costs too much. */
async function worstInputs(): Promise<string> {
  const [turns, mpcTurns] = [turnsThrough(dataDir, 'web'), turnsThrough(dataDir, 'mpc')]
  const { baseUrl, child } = await serve('start', {
    ...settings,
    ...turns.settings,
    TRUSTED_PROXIES: '127.0.0.1 ::1',
    LOG_LEVEL: 'silent',
  })
  running.push(child.pid as number)
  const issuer = await startIssuer()
  const { url, child: mpcChild } = await serveMpc({
    ...mpcTurns.settings,
    MPC_ISSUER: issuer.url,
    MPC_USAGE_TOKEN: 'st_mpc_of-the-bench',
  })
  running.push(mpcChild.pid as number)
  const web = { baseUrl, longestTurn: turns.longestTurn }
  const found = await measureWorstInputs(web, { baseUrl: url, longestTurn: mpcTurns.longestTurn }, issuer)
  if (tooDear(found).length > 0) process.exitCode = 1
  return worstInputsReport(found).join('\n')
}

/** The exit code says whether something costs more where there is much. */
async function size(): Promise<string> {
  const { share, on, engine, ask } = values
  const where = { folder: on ? resolve(on) : dataDir, stays: on !== undefined }
  const found = await measureSize({ ...where, share: Number(share), engine, ask, running: (pid) => running.push(pid) })
  if (grows(found).length > 0) process.exitCode = 1
  return sizeReport(found, `${values.share} of a million users`).join('\n')
}

async function bare(title: string, start: typeof bareHttp): Promise<Load> {
  const { baseUrl, path, pid } = await start()
  running.push(pid)
  return { title, pid, clients: get(clients(baseUrl), path) }
}

async function betterAuth(): Promise<Load> {
  const { baseUrl, pid } = await bareBetterAuth(join(dataDir, 'better-auth-passkeys.db'))
  running.push(pid)
  return { title: 'better-auth’s sign-in with a passkey', pid, clients: await betterAuthSignIns(clients(baseUrl)) }
}

async function served(mount: 'start' | 'next', through: string, keys: Keys, port?: number) {
  const fixed: Record<string, string> = port ? { PORT: String(port), BASE_URL: `http://localhost:${port}` } : {}
  const { baseUrl, child } = await serve(mount, { ...settings, ...fixed })
  const pid = child.pid as number
  running.push(pid)
  const connections = clients(baseUrl)
  return {
    pid,
    connections,
    tenant: { title: `GET /v1/tenant, ${through}`, pid, clients: tenant(connections, keys.clients) },
    signIn: {
      title: `sign-in (begin + finish), ${through}`,
      pid,
      clients: await signIns(connections, keys.clients, mount),
    },
    register: {
      title: `registration (begin + finish), ${through}`,
      pid,
      clients: registrations(connections, keys.clients, `new-${mount}`),
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
