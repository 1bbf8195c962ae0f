import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import type { Got } from './endpoint-for-tests.ts'
import { answering, newHome, refused, saying } from './remote-skill-for-tests.ts'
import { previewOf, tryOut } from './try-out.ts'

test('what is tried out is a run, also where it failed, and what would be sent can be looked at', async () => {
  const { caller, register } = await newHome()
  const { url, got } = await answering(saying({ length: 'x' }))
  const { secret } = await register(url)
  const { headers, body, method } = await previewOf(caller, 'acme.count', { text: 'four' })
  expect([method, got.length]).toEqual(['POST', 0])
  expect(JSON.parse(body)).toMatchObject({ input: { text: 'four' } })
  expect(headers['webhook-signature']).toMatch(/^v1,[\w+/]{43}=$/)
  // It opens nothing: no endpoint of the skill's takes it.
  expect(() => new Webhook(secret).verify(body, headers)).toThrow('No matching signature')
  const run = JSON.parse(await tryOut(caller, 'acme.count', { text: 'four' }))
  expect(run).toMatchObject({
    status: 'failed',
    error: { reason: 'output_invalid' },
    excerpt: expect.stringContaining('is no integer'),
    actor: { type: 'operator' },
  })
  expect((await refused(tryOut(caller, 'acme.count', {}))).code).toBe('skill_input_invalid')
})

test('a test run whose answer was lost is given again for the same Idempotency-Key, and is not executed twice', async () => {
  const { caller, register } = await newHome()
  const { url, got } = await answering((outgoing) =>
    saying(got.length > 1 ? {} : { length: 4 })(outgoing, got[0] as Got),
  )
  await register(url)
  const first = await tryOut(caller, 'acme.count', { text: 'four' }, 'once')
  expect(await tryOut(caller, 'acme.count', { text: 'four' }, 'once')).toBe(first)
  expect(got).toHaveLength(1)
  expect(JSON.parse(await tryOut(caller, 'acme.count', { text: 'four' }, 'again'))).toMatchObject({ status: 'failed' })
  expect(got).toHaveLength(2)
})
