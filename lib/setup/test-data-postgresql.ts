import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'

// What test-data.ts sets, and databases of PostgreSQL: a worker's own, since its modules open them once.

const { server, ...templates } = inject('postgresql') ?? { server: '' }
const worker = globalThis as { ownDatabases?: Promise<Record<string, string>> }

async function copies(): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  const urls: Record<string, string> = {}
  for (const [database, template] of Object.entries(templates)) {
    const name = `${database}-${randomUUID()}`
    await client.query(`CREATE DATABASE "${name}" TEMPLATE "${template}"`)
    const url = new URL(server)
    url.pathname = `/${name}`
    // A machine that is busy with tests is no server that is away.
    url.searchParams.set('connect_timeout', '30')
    urls[database] = url.href
  }
  await client.end()
  return urls
}

worker.ownDatabases ??= copies()
const { auth, mpc } = await worker.ownDatabases
Object.assign(process.env, {
  // As with a file of its own.
  DEMO: 'on',
  ...{ DATABASE_URL: auth, MPC_DATABASE_URL: mpc },
  ...{
    ROOT_SECRET: 'a secret of tests, at least 32 characters',
    MPC_SECRET: 'another secret of tests, at least 32 characters',
  },
})
