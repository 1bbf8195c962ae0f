import { expect, test } from 'vitest'
import { type Pending, PendingAuthorizations } from './oauth-pending.ts'

const client = { clientId: 'app', redirectUri: 'https://app.example/callback' }
const of = (state: string, at = Date.now()): Pending => ({
  ...{ ...client, state, codeVerifier: `verifier of ${state}`, scope: 'openid', resource: null, at },
})

test('however often somebody begins, the newest ten thousand are known', () => {
  const pending = new PendingAuthorizations()
  for (let count = 0; count <= 10_000; count++) pending.save(of(String(count)))
  expect(pending.find({ ...client, state: '0' }).pending).toBeUndefined()
  expect(pending.find({ ...client, state: '1' }).pending?.codeVerifier).toBe('verifier of 1')
  expect(pending.find({ ...client, codeVerifier: 'verifier of 10000' }).pending?.state).toBe('10000')
  expect(pending.find(client)).toMatchObject({ pending: { state: '10000' }, guessed: true })
  expect(pending.find({ ...client, clientId: 'other', state: '1' }).pending).toBeUndefined()
})

test('what was begun more than an hour ago is forgotten', () => {
  const pending = new PendingAuthorizations()
  pending.save(of('old', Date.now() - 3_601_000))
  pending.save(of('new'))
  expect(pending.find({ ...client, state: 'old' }).pending).toBeUndefined()
  expect(pending.find(client)).toMatchObject({ pending: { state: 'new' }, guessed: false })
})
