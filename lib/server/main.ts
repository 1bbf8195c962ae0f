import type { RequestListener } from 'node:http'
import next from 'next'
import { setUpLinks } from './console/invitations.ts'
import { closeDatabase, openDatabase } from './db/database.ts'
import { env } from './env.ts'
import { banner } from './front/banner.ts'
import { dispatch } from './front/dispatch.ts'
import { type Front, listen } from './front/server.ts'
import { closeLimits, limitsHealth } from './limits/limits.ts'
import { StartError } from './start-error.ts'
import { demoKeys } from './tenants/demo.ts'
import { listTenants } from './tenants/tenants.ts'
import { jwks } from './tokens/signing-keys.ts'

// The production entry point: the API in front, Next behind it for the pages. A Next route handler would cost an API
// request more than all the rest of it.

try {
  await start()
} catch (error) {
  console.error(explain(error))
  process.exit(1)
}

async function start(): Promise<void> {
  const { port, baseUrl } = env()
  // The port first: where it is taken, nothing else is touched.
  const front = await listen(port)
  const pages = next({ dev: false, dir: process.cwd(), port, customServer: true, quiet: true } as Parameters<
    typeof next
  >[0])
  await openDatabase()
  const [demo] = await Promise.all([demoKeys(), jwks(), pages.prepare(), limitsHealth()])
  front.answerWith(dispatch(pages.getRequestHandler() as RequestListener))
  stopOnSignal(front)
  const tenants = (await listTenants()).length > 0
  console.log(banner({ baseUrl, demo, setUp: await setUpLinks(), tenants }))
}

/** The first signal lets requests under way end, and exits 0; a second one ends at once. */
function stopOnSignal(front: Front): void {
  let told = false
  const stop = async () => {
    if (told) process.exit(1)
    told = true
    await front.drain()
    await Promise.all([closeDatabase(), closeLimits()])
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop())
}

function explain(error: unknown): string {
  if (error instanceof StartError) return error.message
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
    return `Port ${env().port} is in use. Stop what listens there, or choose another: PORT=${env().port + 1} npm start`
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
