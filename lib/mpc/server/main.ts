import type { Lease } from '#lib/foundation/lease.ts'
import { StartError } from '#lib/foundation/start-error.ts'
import { traceWith } from '#lib/foundation/tracing/tracing.ts'
import { app } from './app.ts'
import { removeExpired as removeExpiredApprovals } from './approvals/store.ts'
import { closeDatabase, database } from './db/database.ts'
import { beginDraining } from './draining.ts'
import { env } from './env.ts'
import { newLease } from './leases/store.ts'
import { listen } from './listen.ts'
import { log } from './log.ts'
import { removeExpired as removeExpiredSessions } from './sessions/sessions.ts'
import { trustedKeys } from './tokens/issuer-keys.ts'
import { beginReporting, endReporting, removeOld as removeOldUsage } from './usage/report.ts'

// The MPC server: alone with `npm run mpc`, or as a child of `npm start`.

// Less than what orchestrators wait before they kill.
const drainMilliseconds = 9_000
const sweepMilliseconds = 60_000

try {
  await start()
} catch (error) {
  console.error(explain(error))
  process.exit(1)
}

async function start(): Promise<void> {
  const { port, host, tls, issuer } = env()
  await database()
  const endTracing = await beginTracing()
  const listening = await listen({ port, host, tls }, app())
  const lease = newLease('retention')
  const sweep = setInterval(() => void forget(lease), sweepMilliseconds)
  void forget(lease)
  beginReporting()
  stopWhenTold(async () => {
    beginDraining()
    clearInterval(sweep)
    await listening.drain(drainMilliseconds)
    await endReporting()
    await endTracing()
    await lease.release().catch(() => undefined)
    await closeDatabase()
  })
  const address = `${tls ? 'https' : 'http'}://localhost:${port}`
  process.send?.({ address })
  const isAlone = process.send === undefined
  if (isAlone) console.log(banner(address))
  // As a child it may be up before its parent answers: that is no news.
  if (!(await trustedKeys().load()) && isAlone) {
    console.error(
      `The issuer ${issuer} cannot be reached: calls are refused as UNAVAILABLE until it can. MPC_ISSUER names another.`,
    )
  }
}

/** Tells a collector, where the settings name one: its library is loaded only there. Sends what is left when it is ended. */
async function beginTracing(): Promise<() => Promise<void>> {
  const { otlpEndpoint } = env()
  if (!otlpEndpoint) return async () => undefined
  const [{ tracesTo }, { resourceOf, sentInTime }] = await Promise.all([
    import('#lib/foundation/tracing/otlp-traces.ts'),
    import('#lib/foundation/tracing/otlp-collector.ts'),
  ])
  const traces = tracesTo(otlpEndpoint, resourceOf('webauthn-playground-mpc'))
  traceWith(traces)
  return () => sentInTime(traces.stop())
}

/** What nobody needs any more: one of the servers of a database at a time lets it go. */
async function forget(lease: Lease): Promise<void> {
  try {
    if (!(await lease.hold())) return
    await removeExpiredSessions()
    await removeExpiredApprovals()
    await removeOldUsage()
  } catch (err) {
    log().warn({ err }, 'what has expired cannot be removed now')
  }
}

/** By a signal, or by the end of the process that started this one. A second signal ends at once. */
function stopWhenTold(stop: () => Promise<void>): void {
  let told = false
  const once = async () => {
    if (told) return
    told = true
    await stop()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => (told ? process.exit(1) : void once()))
  }
  process.on('disconnect', () => void once())
}

function banner(address: string): string {
  const { issuer, usage } = env()
  return [
    '',
    '  The MPC server is ready.',
    '',
    `    gRPC, gRPC-Web, Connect    ${address}`,
    `    Tokens of                  ${issuer}`,
    `    Usage                      ${usage.token ? usage.url : 'kept until MPC_USAGE_TOKEN is set'}`,
    '',
    '  Press Ctrl+C to stop.',
    '',
  ].join('\n')
}

function explain(error: unknown): string {
  if (error instanceof StartError) return error.message
  const { port } = env()
  const code = (error as NodeJS.ErrnoException).code ?? ''
  if (code === 'EADDRINUSE') {
    return `Port ${port} is in use. Stop what listens there, or choose another: MPC_PORT=${port === 65_535 ? port - 1 : port + 1}`
  }
  if (/^(?:EADDRNOTAVAIL|ENOTFOUND|EAI_AGAIN)$/.test(code)) {
    return 'MPC_HOST names no address of this machine. Set one that it has, or none to listen at all of them.'
  }
  if (/^ERR_(?:OSSL|SSL)/.test(code)) return 'MPC_TLS_CERT and MPC_TLS_KEY are no certificate and its key, in PEM.'
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
