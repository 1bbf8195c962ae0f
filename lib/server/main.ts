import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import next from 'next'
import { api } from './api/app.ts'
import { answerElsewhere } from './api/mount.ts'
import { apiPath } from './api/paths.ts'
import { setUpLinks } from './console/invitations.ts'
import { closeDatabase, openDatabase } from './db/database.ts'
import { env } from './env.ts'
import { closeLimits, limitsHealth } from './limits/limits.ts'
import { StartError } from './start-error.ts'
import { type DemoKey, demoKeys } from './tenants/demo.ts'
import { listTenants } from './tenants/tenants.ts'
import { jwks } from './tokens/signing-keys.ts'

// The production entry point: the API in front, Next behind it for the pages. A Next route handler would cost an API
// request more than all the rest of it.

const drainMilliseconds = 10_000

const firstSteps = [
  '    npm run --silent admin -- tenants create --name "Acme Wallet" --slug acme-wallet',
  '    npm run --silent admin -- console invite --tenant acme-wallet',
]

try {
  await start()
} catch (error) {
  console.error(explain(error))
  process.exit(1)
}

async function start(): Promise<void> {
  const { port, baseUrl } = env()
  const server = createServer({
    keepAliveTimeout: 65_000,
    // A request that never ends must not hold its slot of the caller's limit for longer than the slot's lease of 60 s.
    requestTimeout: 30_000,
    connectionsCheckingInterval: 10_000,
  })
  // The port first: where it is taken, nothing else is touched. Requests that come meanwhile wait for the rest.
  const ready = Promise.withResolvers<RequestListener>()
  server.on('request', (incoming, outgoing) => void ready.promise.then((answer) => answer(incoming, outgoing)))
  await listen(server, port)
  const pages = next({ dev: false, dir: process.cwd(), port, customServer: true, quiet: true } as Parameters<
    typeof next
  >[0])
  await openDatabase()
  const [demo] = await Promise.all([demoKeys(), jwks(), pages.prepare(), limitsHealth()])
  ready.resolve(dispatch(pages.getRequestHandler() as RequestListener))
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(server))
  console.log(banner(baseUrl, demo, await setUpLinks(), (await listTenants()).length))
}

/**
 * Hands API requests to the API, and every other one to Next. The path decides as Next will read it, with its dots
 * resolved: a request for the API never reaches Next's own mount of it, which does not know the client's address.
 */
function dispatch(pages: RequestListener): RequestListener {
  const answer = getRequestListener(api().fetch, { overrideGlobalObjects: false })
  answerElsewhere()
  return (incoming, outgoing) => {
    const url = resolved(incoming.url ?? '/')
    if (!apiPath.test(url)) return pages(incoming, outgoing)
    incoming.url = url
    // Nothing in the API reads the Host: fixed here, a forged or malformed one cannot even fail.
    incoming.headers.host = 'localhost'
    void answer(incoming as IncomingMessage, outgoing)
  }
}

/** A request's path and query with its dots resolved; as it came where it is none. */
function resolved(url: string): string {
  if (!/\/\.|\\|%2e/i.test(url)) return url
  const parsed = URL.parse(url, 'http://localhost')
  return parsed ? parsed.pathname + parsed.search : url
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => server.once('error', reject).listen(port, resolve))
}

/** Takes no new requests, lets those under way end, and exits 0. */
async function stop(server: Server): Promise<void> {
  const deadline = setTimeout(() => server.closeAllConnections(), drainMilliseconds)
  await new Promise((resolve) => {
    server.close(resolve)
    server.closeIdleConnections()
  })
  clearTimeout(deadline)
  await Promise.all([closeDatabase(), closeLimits()])
  process.exit(0)
}

function explain(error: unknown): string {
  if (error instanceof StartError) return error.message
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
    return `Port ${env().port} is in use. Stop what listens there, or choose another: PORT=${env().port + 1} npm start`
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function banner(
  baseUrl: string,
  demo: DemoKey[],
  setUp: Awaited<ReturnType<typeof setUpLinks>>,
  tenants: number,
): string {
  const keys = demo.map(({ tenantName, key }) => `    ${tenantName.padEnd(12)}  ${key}`)
  const links = setUp.map(({ tenantName, link }) => `    ${tenantName.padEnd(12)}  ${link}`)
  return [
    '',
    '  WebAuthn Playground is ready.',
    '',
    `    Playground    ${baseUrl}/playground`,
    `    API           ${baseUrl}/v1`,
    ...(keys.length > 0 ? ['', '  Demo keys (test environment):', '', ...keys] : []),
    ...(tenants === 0 ? ['', '  No tenant yet. The first one, and the link into its Console:', '', ...firstSteps] : []),
    ...(links.length > 0 ? ['', '  Console set-up, once for each tenant, within a day:', '', ...links] : []),
    '',
    `  Members sign in to the Console at ${baseUrl}/console`,
    '',
    '  Press Ctrl+C to stop.',
    '',
  ].join('\n')
}
