import type { RequestListener } from 'node:http'
import { createRequire } from 'node:module'
import next from 'next'
import { PHASE_PRODUCTION_SERVER } from 'next/constants.js'
import type * as NextConfig from 'next/dist/server/config.js'
import { StartError } from '#lib/foundation/start-error.ts'
import { setUpLinks } from './console/invitations.ts'
import { closeDatabase, openDatabase } from './db/database.ts'
import { env } from './env.ts'
import { banner } from './front/banner.ts'
import { dispatch } from './front/dispatch.ts'
import { type Front, listen } from './front/server.ts'
import { closeLimits, limitsHealth } from './limits/limits.ts'
import { flushLogs } from './logs/note.ts'
import { type MpcServer, startMpcServer } from './mpc-server/child.ts'
import { onMpcServer } from './mpc-server/health.ts'
import { problemOf } from './problem.ts'
import { announce } from './serving/serving.ts'
import { endRuns } from './skills/runs/under-way.ts'
import { startSweeping, stopSweeping } from './sweeping.ts'
import { startTelemetry, stopTelemetry } from './telemetry/telemetry.ts'
import { demoKeys } from './tenants/demo.ts'
import { listTenants } from './tenants/tenants.ts'
import { jwks } from './tokens/signing-keys.ts'
import { beginSending, endSending } from './webhooks/sending/sender.ts'
import { followLead, isWorker } from './workers/worker.ts'
import { startWorkers } from './workers/workers.ts'

// The production entry point: the API in front, Next behind it for the pages. A Next route handler would cost an API
// request more than all the rest of it.

try {
  await start()
} catch (error) {
  console.error(explain(error))
  process.exit(1)
}

async function start(): Promise<void> {
  const { workers } = env()
  if (isWorker) await serve()
  else if (workers > 1) await lead(workers)
  else {
    const front = await listenFirst()
    const introducing = introduce()
    const stop = await serveWith(front, introducing)
    const introduced = await introducing
    stopOnSignal(async () => {
      await stop()
      await introduced.mpcServer?.stop()
    })
    console.log(await bannerOf(introduced))
  }
}

/** Starts processes that serve, and does once what is to be done once. */
async function lead(count: number): Promise<void> {
  await openDatabase()
  const workers = startWorkers(count)
  let introduced: Introduced | undefined
  // They answer as soon as they can, so that from then on each signal is heard.
  stopOnSignal(async () => {
    await workers.stop()
    await introduced?.mpcServer?.stop()
    await closeDatabase()
  })
  const code = await workers.serving
  // It has said why.
  if (code !== undefined) process.exit(code)
  introduced = await introduce()
  onMpcServer(workers.tellMpcServer)
  console.log(await bannerOf(introduced))
}

/** One of several that serve on the port. */
async function serve(): Promise<void> {
  const stop = await serveWith(await listenFirst())
  followLead(async () => {
    await stop()
    process.exit(0)
  })
}

/** The port first: where it is taken, nothing else is touched. */
async function listenFirst(): Promise<Front> {
  const { port, host } = env()
  const front = await listen(port, host)
  await openDatabase()
  return front
}

/**
 * Answers requests, sends webhooks and does what is due, until the function is called that it resolves with.
 *
 * @param before what is to be done until then
 */
async function serveWith(front: Front, before?: Promise<unknown>): Promise<() => Promise<void>> {
  const [pages] = await Promise.all([nextPages(env().port), jwks(), before])
  // Not before: Next takes the loop for so long while it loads that Redis would seem to be silent.
  await limitsHealth()
  await startTelemetry()
  front.answerWith(dispatch(pages))
  beginSending()
  startSweeping()
  return async () => {
    // The MPC server last: requests under way may be calls to it.
    await Promise.all([front.drain(), endSending(), endRuns()])
    await stopSweeping()
    await Promise.all([flushLogs(), stopTelemetry()])
    await Promise.all([closeDatabase(), closeLimits()])
  }
}

interface Introduced {
  demo: Awaited<ReturnType<typeof demoKeys>>
  isFirst: boolean
  mpcServer: MpcServer | undefined
}

/** What a server has once, however many processes serve. */
async function introduce(): Promise<Introduced> {
  const [demo, isFirst, mpcServer] = await Promise.all([
    demoKeys(),
    announce(),
    env().mpc ? startMpcServer() : undefined,
  ])
  return { demo, isFirst, mpcServer }
}

async function bannerOf({ demo, isFirst, mpcServer }: Introduced): Promise<string> {
  // They let people in: a log keeps them only from a first start, which nobody may have seen on a terminal.
  const setUp = process.stdout.isTTY || isFirst ? await setUpLinks() : []
  const tenants = (await listTenants()).length > 0
  return banner({ baseUrl: env().baseUrl, mpc: mpcServer?.address, demo, setUp, tenants })
}

/** Next, for the pages. Its settings are read before it asks for them: it would say so among our own words. */
async function nextPages(port: number): Promise<RequestListener> {
  const dir = process.cwd()
  const { default: loadConfig } = createRequire(import.meta.url)('next/dist/server/config') as typeof NextConfig
  await loadConfig(PHASE_PRODUCTION_SERVER, dir)
  const pages = next({ dev: false, dir, port, customServer: true, quiet: true } as Parameters<typeof next>[0])
  await pages.prepare()
  return pages.getRequestHandler() as RequestListener
}

/** The first signal lets requests under way end, and exits 0; a second one ends at once. */
function stopOnSignal(stop: () => Promise<void>): void {
  let told = false
  const hear = async () => {
    if (told) process.exit(1)
    told = true
    await stop()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void hear())
}

function explain(error: unknown): string {
  if (error instanceof StartError) return error.message
  const problem = problemOf(error)
  if (problem) return problem.detail
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
    return `Port ${env().port} is in use. Stop what listens there, or choose another: PORT=${env().port + 1} npm start`
  }
  if (/^(?:EADDRNOTAVAIL|ENOTFOUND|EAI_AGAIN)$/.test((error as NodeJS.ErrnoException).code ?? '')) {
    return 'HOST names no address of this machine. Set one that it has, or none to listen at all of them.'
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
