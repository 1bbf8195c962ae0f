import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createHttp, type RequestListener, type Server } from 'node:http'
import { createServer as createHttps } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import Database from 'better-sqlite3'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { readRange } from '#lib/contract/address-range.ts'
import { postgresqlPrograms } from '../../setup/postgresql.mjs'
import { startPostgresql } from '../../setup/postgresql-server.ts'
import { redisCommand, startRedis } from '../../setup/redis-server.ts'
import { runScript } from '../../setup/run-script.ts'
import { selfSigned } from '../../setup/self-signed.ts'
import { freePort } from '../../setup/serve.ts'
import { clock } from '../clock.ts'
import { closeDatabase, openDatabase } from '../db/database.ts'
import { env } from '../env.ts'
import { log } from '../log.ts'
import { createTenant } from '../tenants/tenants.ts'
import { examine } from './doctor.ts'
import { clockOf, roomIn } from './machine.ts'

const directory = mkdtempSync(join(tmpdir(), 'playground-doctor-'))
const before = { ...env() }
const servers: Server[] = []
vi.spyOn(log(), 'warn').mockImplementation(() => {})

afterEach(async () => {
  await closeDatabase()
  Object.assign(env(), before)
  for (const server of servers.splice(0)) server.close()
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

/** What is found of one thing, with these settings. */
async function found(check: string, settings: Partial<ReturnType<typeof env>> = {}) {
  Object.assign(env(), settings)
  const findings = await examine()
  expect(JSON.stringify(findings)).not.toContain('swordfish')
  return findings.find((finding) => finding.check === check)
}

async function listening<Kind extends Server>(server: Kind): Promise<number> {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

const admin = (settings: Record<string, string>, ...words: string[]) =>
  runScript('lib/server/admin.ts', [...words], { DATA_DIR: directory, BASE_URL: '', ...settings })

test('where nothing is broken nothing is said to be, and a database that is not there is not made', async () => {
  const file = join(directory, 'none', 'none.db')
  const { code, stdout, stderr } = await admin({ DATABASE_URL: `file:${file}` }, 'doctor', '--json')
  expect([code, stderr]).toEqual([0, ''])
  const { ok, findings } = JSON.parse(stdout)
  expect(ok).toBe(true)
  expect(findings.map(({ check }: { check: string }) => check).sort()).toEqual(
    ['settings', 'disk', 'files', 'database', 'secret', 'clock', 'address', 'tls', 'proxies', 'redis', 'mpc'].sort(),
  )
  expect(existsSync(join(directory, 'none'))).toBe(false)
  expect(await found('database')).toMatchObject({ status: expect.stringMatching(/ok|warning/) })
})

test('a setting that cannot be read is named, and nothing else is looked at; the exit code is 1', async () => {
  const { code, stdout } = await admin({ PORT: '99999' }, 'doctor')
  expect(code).toBe(1)
  expect(stdout).toMatch(/^✗ settings .*\n.*PORT must be between 1 and 65535\n +→ /)
  expect(stdout).not.toContain('database')
})

test('a database of another secret, migrations that are to come, and then none', async () => {
  const place = { DATABASE_URL: `file:${join(directory, 'secret.db')}` }
  const [one, other] = ['one-secret-'.repeat(4), 'another-secret-'.repeat(4)]
  const migrated = await admin({ ...place, ROOT_SECRET: one }, 'migrate')
  expect([migrated.code, migrated.stdout]).toEqual([0, expect.stringContaining('is up to date')])
  const same = JSON.parse((await admin({ ...place, ROOT_SECRET: one }, 'doctor', '--json')).stdout)
  expect(same.ok).toBe(true)
  const another = await admin({ ...place, ROOT_SECRET: other }, 'doctor')
  expect(another.code).toBe(1)
  expect(another.stdout).toMatch(/✗ secret .*made under another root secret.*\n +→ Put back/)
  expect(another.stdout).toMatch(/✓ database/)
})

test('a file that is no database, one that is damaged, and one that is older', async () => {
  const file = join(directory, 'broken.db')
  writeFileSync(file, 'no database'.repeat(1_000))
  expect(await found('database', { database: { engine: 'sqlite', file } })).toMatchObject({
    status: 'failed',
    said: expect.stringContaining('its file is damaged'),
    remedy: expect.stringContaining('admin database restore'),
  })
  rmSync(file)
  await openDatabase()
  await closeDatabase()
  const whole = readFileSync(file)
  expect(await found('database')).toMatchObject({ status: 'ok' })
  await closeDatabase()
  // The pages of the tables, but not the first, which has the schema.
  writeFileSync(file, Buffer.concat([whole.subarray(0, 40_960), Buffer.alloc(whole.length - 40_960, 0xaa)]))
  expect(await found('database')).toMatchObject({ status: 'failed' })
})

test('a PostgreSQL that is not there, and of a password nothing is said', async () => {
  const url = `postgresql://playground:swordfish@127.0.0.1:${await freePort()}/playground`
  expect(await found('database', { database: { engine: 'postgresql', url } })).toMatchObject({
    status: 'failed',
    said: expect.stringContaining('its server is not there'),
    remedy: expect.stringContaining('DATABASE_URL'),
  })
})

test.skipIf(!postgresqlPrograms())(
  'a PostgreSQL that has no such database, one that is empty, and one that is up to date',
  { timeout: 60_000 },
  async () => {
    const server = await startPostgresql()
    const url = server.urlOf('doctor')
    const settings = { database: { engine: 'postgresql' as const, url }, rootSecret: 'x'.repeat(40) }
    expect(await found('database', settings)).toMatchObject({
      status: 'failed',
      said: expect.stringContaining('not there'),
    })
    await server.create('doctor')
    expect(await found('database')).toMatchObject({ status: 'warning', said: expect.stringContaining('migrations') })
    await openDatabase()
    const unchecked = await found('database')
    expect(unchecked).toMatchObject({ status: 'warning', said: expect.stringContaining('without checksums') })
    expect(unchecked?.remedy).toContain('`pg_checksums --enable`')
    await closeDatabase()
    const program = join(postgresqlPrograms() ?? '', 'pg_checksums')
    await server.rest((data) => execFileSync(program, ['--enable', '--no-sync', '-D', data], { stdio: 'ignore' }))
    expect(await found('database')).toMatchObject({ status: 'ok', said: expect.stringContaining('PostgreSQL 1') })
    expect(await found('clock')).toMatchObject({ status: 'ok', said: expect.stringContaining('The database’s clock') })
    await closeDatabase()
    await server.stop()
  },
)

test('a secret that others may read', async () => {
  const file = join(directory, 'secret')
  writeFileSync(file, 'x'.repeat(40), { mode: 0o600 })
  const settings = { dataDir: directory, database: { engine: 'sqlite' as const, file: join(directory, 'new.db') } }
  expect(await found('secret', settings)).toMatchObject({ status: 'ok' })
  chmodSync(file, 0o644)
  expect(await found('secret')).toMatchObject({ status: 'warning', remedy: `chmod 600 ${file}` })
})

test('a folder that others may write to, a database that they may read, and one that went from beside its secret', async () => {
  const folder = mkdtempSync(join(directory, 'open-'))
  const file = join(folder, 'playground.db')
  const settings = { dataDir: folder, database: { engine: 'sqlite' as const, file }, rootSecret: undefined }
  expect(await found('database', settings)).toMatchObject({
    status: 'ok',
    said: expect.stringContaining('first start'),
  })
  writeFileSync(join(folder, 'secret'), 'x'.repeat(40), { mode: 0o600 })
  expect(await found('database')).toMatchObject({ status: 'warning', remedy: expect.stringContaining('restore') })
  writeFileSync(file, '', { mode: 0o600 })
  expect(await found('files')).toMatchObject({ status: 'ok' })
  chmodSync(file, 0o644)
  expect(await found('files')).toMatchObject({ status: 'warning', remedy: `chmod 600 ${file}` })
  chmodSync(folder, 0o777)
  expect(await found('files')).toMatchObject({ status: 'failed', remedy: `chmod 700 ${folder}` })
})

test('a database that a later version brought further', async () => {
  const dataDir = mkdtempSync(join(directory, 'later-'))
  const file = join(dataDir, 'later.db')
  Object.assign(env(), { dataDir, database: { engine: 'sqlite', file } })
  await openDatabase()
  expect(await found('database')).toMatchObject({ status: 'ok' })
  await closeDatabase()
  const database = new Database(file)
  database.exec(
    `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name") VALUES ('x', 'x', '29991231000000_later')`,
  )
  database.close()
  expect(await found('database')).toMatchObject({ status: 'warning', said: expect.stringContaining('later version') })
})

test('a disk without room, and a clock that is wrong', () => {
  const gibibyte = 1024 ** 3
  const room = (free: number) => roomIn('/data', { free, total: 10 * gibibyte }).status
  expect([room(5 * gibibyte), room(0.9 * gibibyte), room(0.01 * gibibyte)]).toEqual(['ok', 'warning', 'failed'])
  expect([clockOf(undefined).status, clockOf(undefined, Date.UTC(2020, 0)).status]).toEqual(['ok', 'failed'])
  expect([100, 5_000, -40_000].map((ahead) => clockOf(ahead).status)).toEqual(['ok', 'warning', 'failed'])
})

test('a clock that is behind what was written by it, on SQLite', async () => {
  const file = join(mkdtempSync(join(directory, 'clock-')), 'clock.db')
  expect(await found('clock', { database: { engine: 'sqlite', file } })).toMatchObject({ status: 'ok' })
  await createTenant({ name: 'Now', slug: 'now' })
  expect(await found('clock')).toMatchObject({ status: 'ok' })
  await closeDatabase()
  const { now } = clock
  clock.now = () => Date.now() + 3_600_000
  await createTenant({ name: 'Ahead', slug: 'ahead' })
  clock.now = now
  expect(await found('clock')).toMatchObject({
    status: 'warning',
    said: expect.stringMatching(/^The audit log has an entry of .* s ahead of this clock: it was set back/),
    remedy: expect.stringContaining('time server'),
  })
})

test('an address without TLS, with a certificate that nobody vouches for, and with one that soon ends', async () => {
  expect(await found('tls', { baseUrl: 'http://auth.acme.example' })).toMatchObject({
    status: 'failed',
    said: expect.stringContaining('no passkeys'),
  })
  const paths: Record<string, number> = { '/livez': 200, '/metrics': 404 }
  const answer: RequestListener = ({ url = '' }, outgoing) => void outgoing.writeHead(paths[url] ?? 404).end()
  const { certificate, key } = selfSigned(directory)
  const port = await listening(createHttps({ cert: readFileSync(certificate), key: readFileSync(key) }, answer))
  const baseUrl = `https://localhost:${port}`
  const refused = await found('tls', { baseUrl, demo: false })
  expect(refused).toMatchObject({ status: 'failed', said: expect.stringContaining('SELF_SIGNED') })
  expect(await found('address')).toMatchObject({ status: 'failed', said: expect.stringContaining('does not answer') })

  const known = getCACertificates('default')
  setDefaultCACertificates([...known, readFileSync(certificate, 'utf8')])
  expect(await found('tls')).toMatchObject({ status: 'warning', said: expect.stringMatching(/for 1 days|for 2 days/) })
  expect(await found('proxies')).toMatchObject({ status: 'warning', remedy: expect.any(String) })
  expect(await found('address')).toMatchObject({ status: 'ok' })
  paths['/metrics'] = 200
  expect(await found('address')).toMatchObject({ status: 'failed', said: expect.stringContaining('/metrics') })
  setDefaultCACertificates(known)
})

test('proxies of any address, and of one', async () => {
  expect(await found('proxies', { trustedProxies: [readRange('0.0.0.0/0')] })).toMatchObject({ status: 'failed' })
  expect(await found('proxies', { trustedProxies: [readRange('10.0.0.1')] })).toMatchObject({ status: 'ok' })
})

test.skipIf(!redisCommand)('a Redis that is away, and one that counts', async () => {
  const away = await found('redis', { redisUrl: `redis://u:swordfish@127.0.0.1:${await freePort()}` })
  expect(away).toMatchObject({ status: 'failed', said: expect.stringContaining('ECONNREFUSED') })
  const server = await startRedis()
  expect(await found('redis', { redisUrl: server.url })).toMatchObject({ status: 'ok' })
  await server.stop()
})

test('an MPC server that is away, one that takes no calls, and one that does', async () => {
  let status = 'NOT_SERVING'
  const port = await listening(createHttp((_incoming, outgoing) => outgoing.end(JSON.stringify({ status }))))
  const at = (place: string) => ({ mpc: false, mpcUrls: { live: [place], test: [place] } })
  expect(await found('mpc', at(`http://127.0.0.1:${await freePort()}`))).toMatchObject({
    status: 'failed',
    said: expect.stringContaining('no answer'),
  })
  expect(await found('mpc', at(`http://127.0.0.1:${port}`))).toMatchObject({
    status: 'failed',
    said: expect.stringContaining('NOT_SERVING'),
  })
  status = 'SERVING'
  expect(await found('mpc')).toMatchObject({ status: 'ok' })
})
