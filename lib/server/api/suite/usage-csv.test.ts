import { expect, test } from 'vitest'
import type { Scope } from '#lib/contract/scopes.ts'
import { expectProblem, newTenant, passkeyScopes, register, send } from './harness.ts'

const scopes: Scope[] = [...passkeyScopes, 'usage:read']

test('Accept: text/csv answers the rows as CSV', async () => {
  const { client, key, authenticator } = await newTenant({ scopes })
  await register(client, authenticator, 'ada')
  await client.passkeys.list().catch(() => undefined)
  const ask = (groupBy: string, accept: string) =>
    send('GET', `/v1/usage?groupBy=${groupBy}`, { headers: { 'X-API-Key': key.secret, Accept: accept } })
  const { status, headers, text } = await ask('operation', 'text/csv')
  expect(status).toBe(200)
  expect(headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present')
  expect(headers.get('content-disposition')).toBe('attachment; filename="usage-by-operation.csv"')
  expect(headers.get('vary')).toMatch(/\baccept\b/i)
  expect(text.split('\r\n')).toEqual([
    'operation,requests,errors,passkey.registered,passkey.authenticated,token.issued,mpc.key_generated,mpc.signed',
    'passkeys.list,1,1,0,0,0,0,0',
    'passkeys.register.begin,1,0,0,0,0,0,0',
    'passkeys.register.finish,1,0,1,0,0,0,0',
    '',
  ])
  const today = new Date().toISOString()
  expect((await ask('day', 'text/csv')).text).toMatch(new RegExp(`\\r\\n${today.slice(0, 10)},\\d+,1,1,0,0,0,0\\r\\n$`))
  expect((await ask('hour', 'text/csv')).text).toMatch(
    new RegExp(`\\r\\n${today.slice(0, 13)}:00:00.000Z,\\d+,1,1,0,0,0,0\\r\\n$`),
  )
  expect((await ask('key', 'text/csv')).text).toMatch(new RegExp(`^key,.*\\r\\n${key.id},\\d+,1,1,0,0,0,0\\r\\n$`))
})

test('CSV is for who asks for it, and JSON for all others', async () => {
  const { key } = await newTenant({ scopes })
  const typeFor = async (headers: Record<string, string>) => {
    const answer = await send('GET', '/v1/usage', { headers: { 'X-API-Key': key.secret, ...headers } })
    expect(answer.status).toBe(200)
    return answer.headers.get('content-type')?.split(';')[0]
  }
  for (const accept of ['*/*', 'application/json', 'application/*', 'text/html', 'application/json, text/csv;q=0.5']) {
    expect([accept, await typeFor({ Accept: accept })]).toEqual([accept, 'application/json'])
  }
  for (const accept of ['text/csv', 'TEXT/CSV', 'text/csv;q=0.9, */*;q=0.1', 'application/json;q=0.2, text/csv']) {
    expect([accept, await typeFor({ Accept: accept })]).toEqual([accept, 'text/csv'])
  }
  expect(await typeFor({})).toBe('application/json')
  const headers = { 'X-API-Key': key.secret, Accept: 'text/csv' }
  expectProblem(await send('GET', '/v1/usage?groupBy=moon', { headers }), [400, 'invalid_request'])
})

test('CSV of nothing is its header', async () => {
  const { key } = await newTenant({ scopes })
  const headers = { 'X-API-Key': key.secret, Accept: 'text/csv' }
  const { text } = await send('GET', '/v1/usage', { headers })
  expect(text).toBe(
    'day,requests,errors,passkey.registered,passkey.authenticated,token.issued,mpc.key_generated,mpc.signed\r\n',
  )
})
