import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { setImmediate as others } from 'node:timers/promises'
import type pg from 'pg'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { patienceOf } from './postgresql-patience.ts'
import { newPool } from './postgresql-pool.ts'

// The promise of two seconds, by the clock of the test: a machine that is busy changes nothing of it.

const promised = 2_000

let server: Server
let pool: pg.Pool
let hangs: boolean
const sockets = new Set<Socket>()

beforeEach(async () => {
  hangs = false
  // Of the protocol as much as lets a client in; what is asked then is never answered.
  server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.once('data', () => {
      if (!hangs) socket.write(Buffer.from('520000000800000000' + '5a0000000549', 'hex'))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  pool = newPool(`postgresql://u@127.0.0.1:${(server.address() as AddressInfo).port}/d?sslmode=disable`)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] })
})
afterEach(async () => {
  vi.useRealTimers()
  for (const socket of sockets) socket.destroy()
  sockets.clear()
  server.close()
  await pool.end()
})

/** Lets so many milliseconds of the test's clock pass, and what is sent arrive. */
async function pass(milliseconds: number): Promise<void> {
  for (let passed = 0; passed < milliseconds; passed += 50) {
    await vi.advanceTimersByTimeAsync(50)
    for (let turn = 0; turn < 3; turn++) await others()
  }
}

async function connected(): Promise<pg.PoolClient> {
  const client = await pool.connect()
  client.on('error', () => {})
  return client
}

test('who asks a server that lets nobody in is answered within the promise', async () => {
  hangs = true
  const asked = expect(pool.connect()).rejects.toThrow('timeout')
  await pass(promised)
  await asked
})

test('a query of a server that hangs since ends within the promise; who waits for a connection waits no longer', async () => {
  const clients = await Promise.all(Array.from({ length: 10 }, connected))
  hangs = true
  const asked = [...clients.map((client) => client.query('SELECT 1')), pool.connect()].map((each) =>
    expect(each).rejects.toThrow(),
  )
  await pass(promised)
  await Promise.all(asked)
  for (const client of clients) client.release(true)
})

test('a query of a server that is there is waited for', async () => {
  const client = await connected()
  let ended = false
  client.query('SELECT pg_sleep(5)').catch(() => {
    ended = true
  })
  await pass(promised)
  expect(ended).toBe(false)
  client.release(true)
})

test('an address may ask for more patience, and for no other', () => {
  const usual = patienceOf('postgresql://u@host/d')
  expect(Math.max(usual.connect, usual.running + usual.between + usual.there)).toBeLessThan(promised)
  expect(patienceOf('postgresql://u@host/d?connect_timeout=30')).toEqual({ ...usual, connect: 30_000, there: 30_000 })
  for (const none of ['', '0', '-1', 'x'])
    expect(patienceOf(`postgresql://u@host/d?connect_timeout=${none}`)).toEqual(usual)
})
