import { expect, test } from 'vitest'
import { api } from './app.ts'

test('a query to the authorization server has a hundred parameters at most: more are not looked at', async () => {
  const asked = async (parameters: number) => {
    const answer = await api().request(`/oauth/authorize?client_id=x${'&resource=urn:x'.repeat(parameters - 1)}`)
    return { status: answer.status, text: await answer.text() }
  }
  const refused = await asked(101)
  expect(refused.status).toBe(400)
  expect(JSON.parse(refused.text)).toMatchObject({
    error: 'invalid_request',
    error_description: 'A query has at most 100 parameters.',
  })
  const read = await asked(100)
  expect(read.status).toBe(400)
  expect(read.text).toContain('invalid_client')
})
