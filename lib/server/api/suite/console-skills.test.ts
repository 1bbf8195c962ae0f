import { expect, test } from 'vitest'
import { newConsole } from './console-harness.ts'

test('a member’s test run whose answer was lost is given again for its Idempotency-Key, and no other run is made', async () => {
  const { client } = await newConsole()
  const [once, again] = [crypto.randomUUID(), crypto.randomUUID()]
  const run = (key: string) => client.skills.tryOut('test', 'jwt.inspect', { token: 'x' }, key)
  const first = await run(once)
  expect(first).toMatchObject({ status: 'succeeded', actor: { type: 'member' } })
  expect(await run(once)).toEqual(first)
  expect((await client.skills.read('test', 'jwt.inspect')).runs.total).toBe(1)
  expect((await run(again)).id).not.toBe(first.id)
})
