import { closeDatabase, openDatabase } from '#lib/server/db/database.ts'
import { indexAll } from '#lib/server/logs/segments/index-logs.ts'

// Indexes the log of the database of DATABASE_URL or DATA_DIR, as a process of the server does: for tests that kill it. With
// `all` it leaves nothing to be looked through: for the bench.

await openDatabase()
console.log('begins')
await indexAll(process.argv[2] === 'all' ? 1 : undefined)
await closeDatabase()
