import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
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
