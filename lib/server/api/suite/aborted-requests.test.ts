import { expect, test } from 'vitest'
import { countedTogether, mount, newTenant } from './harness.ts'
import { leftOf, sendAs } from './keys-harness.ts'
import { listening, sent, wire } from './listening.ts'

const { port } = listening()
const hundred = Array.from({ length: 100 })

/** A key that may ask for much at once, and how many of its slots are taken beside the one that asks. */
async function watched() {
  await countedTogether()
  const { addKey } = await newTenant()
  const { secret } = await addKey('live', ['passkeys:authenticate', 'usage:read'], { tier: 'enterprise' })
  const left = async () => leftOf(await sendAs(secret, 'GET', '/v1/tenant'))
  return { secret, left, taken: async () => 499 - (await left()).concurrent }
}

test('a hundred requests whose clients go away within the body hold their slots until then, and no longer', async () => {
  const { secret, taken } = await watched()
  const half = wire('POST', '/v1/passkeys/authenticate/begin', secret, '{"hints"', 100)
  const sockets = await Promise.all(hundred.map(() => sent(port(), half)))
  await expect.poll(taken).toBe(100)
  for (const socket of sockets) socket.destroy()
  await expect.poll(taken).toBe(0)
})

test('a hundred requests whose clients go away before the answer leave no slot taken', async () => {
  const { secret, left, taken } = await watched()
  expect(await taken()).toBe(0)
  for (const request of [
    wire('GET', '/v1/usage', secret),
    wire('POST', '/v1/passkeys/authenticate/begin', secret, '{}'),
  ]) {
    const sockets = await Promise.all(hundred.map(() => sent(port(), request)))
    for (const socket of sockets) socket.destroy()
    await expect.poll(taken).toBe(0)
  }
  // Some came, and were not only sent: how many are read before they are gone, the machine's load decides.
  expect((await left()).requests).toBeLessThan(10_000 - 10)
})

test('requests that wait behind others on a connection that breaks leave no slot taken', async () => {
  const { secret, taken } = await watched()
  // Nobody reads the answers: the first fill the connection, and the last wait their turn with their slots.
  const unread = 'GET /v1/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(100)
  const waiting = wire('GET', '/v1/tenant', secret).repeat(20)
  const sockets = await Promise.all([1, 2, 3].map(() => sent(port(), unread + waiting)))
  // Next does not say when an answer has gone out: there the slot is given back when it is made.
  await expect.poll(taken).toBe(mount === 'next' ? 0 : 60)
  for (const socket of sockets) socket.destroy()
  await expect.poll(taken).toBe(0)
})
