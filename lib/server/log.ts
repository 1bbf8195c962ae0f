import { pino } from 'pino'
import { redact } from '#lib/foundation/redact.ts'
import { env } from './env.ts'

const shared = globalThis as { playgroundLog?: ReturnType<typeof make> }

function make() {
  return pino({
    level: env().logLevel,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    hooks: { streamWrite: redact },
  })
}

/** The server's log: JSON lines on standard output. Secrets are cut out of whatever reaches it. */
export function log() {
  shared.playgroundLog ??= make()
  return shared.playgroundLog
}
