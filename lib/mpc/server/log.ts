import { pino } from 'pino'
import { redact } from '#lib/foundation/redact.ts'
import { env } from './env.ts'

let made: ReturnType<typeof make> | undefined

function make() {
  return pino({
    level: env().logLevel,
    base: { server: 'mpc' },
    timestamp: pino.stdTimeFunctions.isoTime,
    hooks: { streamWrite: redact },
  })
}

/** The MPC server's log: JSON lines on standard output. Secrets are cut out of whatever reaches it. */
export function log() {
  made ??= make()
  return made
}
