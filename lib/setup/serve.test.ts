import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { freePort } from './serve.ts'

test('a free port is one to listen on, and none that a connection which goes out may get first', async () => {
  const ports = await Promise.all(Array.from({ length: 20 }, freePort))
  expect(ports.every((port) => port >= 20_000 && port < 32_768)).toBe(true)
  const server = createServer()
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(ports[0], resolve))
  await new Promise((resolve) => server.close(resolve))
})
