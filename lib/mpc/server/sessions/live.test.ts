import { expect, test } from 'vitest'
import { forget, forgetExpired, isFull, keep, kept } from './live.ts'

test('a tenant that begins all the sessions it may, by however many users, leaves room for others', () => {
  const acme = (user: number) => ({ tenantId: 'tnt_acme', environment: 'test' as const, sub: `usr_${user}` })
  const globex = { ...acme(0), tenantId: 'tnt_globex' }
  const until = (milliseconds: number) => ({ state: {}, until: milliseconds })
  let begun = 0
  for (; begun < 10_000 && !isFull(acme(begun)); begun++) keep(acme(begun), `acme ${begun}`, until(begun))
  expect(begun).toBe(2_000)
  expect([isFull(acme(0)), isFull({ ...acme(0), environment: 'live' }), isFull(globex)]).toEqual([true, false, false])

  keep(acme(0), 'acme 0', until(5_000))
  forget('acme 1')
  forget('acme 1')
  expect([kept('acme 0'), kept('acme 1')]).toMatchObject([{ state: {} }, undefined])
  expect(isFull(acme(0))).toBe(false)
  keep(acme(0), 'acme 1', until(5_000))
  expect(isFull(acme(0))).toBe(true)
  forgetExpired(4_999)
  expect([kept('acme 0'), kept('acme 2')]).toMatchObject([{ state: {} }, undefined])
  expect(isFull(acme(0))).toBe(false)
})
