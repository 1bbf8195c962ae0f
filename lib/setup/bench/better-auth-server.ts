import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { passkey } from '@better-auth/passkey'
import { type BetterAuthOptions, betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { toNodeHandler } from 'better-auth/node'
import Database from 'better-sqlite3'

// better-auth's passkeys as its documentation sets them up, in SQLite with the same care for what was acknowledged; its limit
// of requests, which it would reach, is off.

const database = new Database(process.argv[2])
database.pragma('journal_mode = WAL')
database.pragma('synchronous = FULL')

const origin = 'http://localhost'
const options = {
  database,
  baseURL: origin,
  secret: randomBytes(32).toString('base64url'),
  telemetry: { enabled: false },
  rateLimit: { enabled: false },
  emailAndPassword: { enabled: true },
  plugins: [passkey({ rpID: 'localhost', rpName: 'Bench', origin })],
} satisfies BetterAuthOptions
await (await getMigrations(options)).runMigrations()

const server = createServer(toNodeHandler(betterAuth(options)))
server.listen(0, 'localhost', () => console.log(`${origin}:${(server.address() as AddressInfo).port}`))
