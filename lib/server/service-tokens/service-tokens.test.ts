import { expect, test } from 'vitest'
import { redact } from '#lib/foundation/redact.ts'
import { keptText } from '#lib/setup/kept-text.ts'
import { adminHere } from '../admin/here.ts'
import { env } from '../env.ts'
import { authenticateService, listServiceTokens, mpcServiceToken, revokeServiceToken } from './service-tokens.ts'

const jsonOf = async (...args: string[]) => {
  const { code, stdout, stderr } = await adminHere('service-tokens', ...args, '--json')
  expect([code, stderr]).toEqual([0, ''])
  return JSON.parse(stdout)
}
const works = (token: string) =>
  authenticateService(`Bearer ${token}`, 'mpc').then(
    () => true,
    ({ code }) => code,
  )

test('the operator makes a token, which works until it is revoked', async () => {
  const { id, token, ...made } = await jsonOf('create', '--for', 'mpc', '--name', 'Frankfurt')
  expect(made).toMatchObject({ service: 'mpc', name: 'Frankfurt', revokedAt: null })
  expect(await works(token)).toBe(true)
  const listed = (await jsonOf('list')).data.find((one: { id: string }) => one.id === id)
  expect(listed).toEqual({ id, ...made })
  expect(await jsonOf('revoke', id)).toEqual({ id, revoked: true })
  expect(await works(token)).toBe('token_invalid')
  expect((await jsonOf('list')).data.find((one: { id: string }) => one.id === id).revokedAt).toMatch(/Z$/)
  const { code, stderr } = await adminHere('service-tokens', 'revoke', 'nobody')
  expect([code, stderr]).toEqual([1, 'There is no service token of this id.\n'])
  expect((await adminHere('service-tokens', 'create', '--for', 'other')).code).not.toBe(0)
})

test('the MPC server beside this one gets the same token each time, and another after that was revoked', async () => {
  const tokens = await Promise.all([mpcServiceToken(), mpcServiceToken()])
  expect(new Set(tokens).size).toBe(1)
  const [first = ''] = tokens
  expect(await works(first)).toBe(true)
  const id = first.split('_')[2] ?? ''
  expect((await listServiceTokens()).filter((one) => one.id === id)).toHaveLength(1)
  await revokeServiceToken(id)
  const next = await mpcServiceToken()
  expect(next).not.toBe(first)
  expect([await works(first), await works(next)]).toEqual(['token_invalid', true])
})

test('of a token its HMAC is kept, and no part of its secret anywhere in the data or in a log', async () => {
  const { token } = await jsonOf('create', '--for', 'mpc')
  const kept = await keptText(env().database)
  const [, , id = '', secret = ''] = token.split('_')
  expect(kept).toContain(id)
  expect(kept).not.toContain(secret.slice(0, 12))
  expect(redact(`told ${token}.`)).toBe('told [redacted].')
})

test('of a token with one character changed, none is asked for in the database', async () => {
  const { token } = await jsonOf('create', '--for', 'mpc')
  for (const place of [3, 8, 25, token.length - 1]) {
    const changed = `${token.slice(0, place)}${token[place] === 'a' ? 'b' : 'a'}${token.slice(place + 1)}`
    await expect(authenticateService(`Bearer ${changed}`, 'mpc')).rejects.toMatchObject({
      code: 'token_invalid',
      detail: expect.stringContaining('is no service token'),
    })
  }
  expect(await works(token)).toBe(true)
})
