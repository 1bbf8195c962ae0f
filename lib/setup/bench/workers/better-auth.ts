import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { apiKey } from '@better-auth/api-key'
import { type BetterAuthOptions, betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import Database from 'better-sqlite3'
import { env } from '#lib/server/env.ts'
import { commitsDuring } from '../commits.ts'
import { inTurn, makeKeys } from './keys.ts'
import { serveTurns } from './turns.ts'

// better-auth's API-key verification as its documentation sets it up: its own storage in SQLite, its rate limit on.

/** What one check writes. */
export interface Facts {
  updates: number
  commits: number
}

const { dataDir } = env()
mkdirSync(dataDir, { recursive: true })
const file = join(dataDir, 'better-auth.db')
const database = new Database(file)
database.pragma('journal_mode = WAL')
database.pragma('synchronous = FULL')

const options = {
  database,
  baseURL: 'http://localhost:3000',
  secret: randomBytes(32).toString('base64url'),
  telemetry: { enabled: false },
  emailAndPassword: { enabled: true },
  plugins: [apiKey({ rateLimit: { enabled: true, timeWindow: 60_000, maxRequests: 1_000_000_000 } })],
} satisfies BetterAuthOptions
await (await getMigrations(options)).runMigrations()

const auth = betterAuth(options)
const { user } = await auth.api.signUpEmail({
  body: { name: 'Bench', email: 'bench@example.com', password: randomBytes(16).toString('hex') },
})
const keys = await makeKeys(async (name) => (await auth.api.createApiKey({ body: { name, userId: user.id } })).key)

async function check(key: string) {
  const { valid, error } = await auth.api.verifyApiKey({ body: { key } })
  if (!valid) throw new Error(`better-auth refused a key: ${JSON.stringify(error)}`)
}

const changes = () => database.prepare('SELECT total_changes()').pluck().get() as number
await check(keys[0] as string)
const before = changes()
const commits = await commitsDuring(file, () => check(keys[0] as string))
const facts: Facts = { updates: changes() - before, commits }

serveTurns(
  {
    check: (caller, callers) => {
      const next = inTurn(keys, caller, callers)
      return () => check(next())
    },
  },
  facts,
)
