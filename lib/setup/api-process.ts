import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { api } from '../server/api/app.ts'
import { closeDatabase, database, openDatabase } from '../server/db/database.ts'
import { env } from '../server/env.ts'
import { flushLogs } from '../server/logs/note.ts'
import { beginSending, endSending } from '../server/webhooks/sending/sender.ts'

// The API without pages, as a process of its own that sends webhooks, too: for tests that kill it. It says over IPC when it
// is ready, runs SQL that it is sent over it, and ends well at SIGTERM.

await openDatabase()
const server = createServer(getRequestListener((request) => api().fetch(request), { overrideGlobalObjects: false }))
server.listen(env().port, () => {
  beginSending()
  process.send?.('ready')
})

process.on('message', async (sql: string) => {
  const rows = await (await database()).$queryRawUnsafe<Record<string, unknown>[]>(sql)
  process.send?.(
    rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value)]))),
  )
})
process.once('SIGTERM', async () => {
  server.close()
  await endSending()
  await flushLogs()
  await closeDatabase()
  process.exit(0)
})
process.once('disconnect', () => process.exit(1))
