import { pino } from 'pino'
import { env } from './env.ts'

const shared = globalThis as { playgroundLog?: ReturnType<typeof make> }

// Whole keys, tokens and secrets, wherever they might stand in a text.
const secrets = /sk_(?:test|live)_[0-9A-Za-z]{12}_[0-9A-Za-z]+|eyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g

function make() {
  return pino({
    level: env().logLevel,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    hooks: { streamWrite: (line) => line.replace(secrets, '[redacted]') },
  })
}

/** The server's log: JSON lines on standard output. Secrets are cut out of whatever reaches it. */
export function log() {
  shared.playgroundLog ??= make()
  return shared.playgroundLog
}
