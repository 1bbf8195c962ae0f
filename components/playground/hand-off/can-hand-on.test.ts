import { expect, test } from 'vitest'
import type { TenantAnswer } from '#lib/contract/tenant.ts'
import { canHandOn, wasHanded } from './can-hand-on.ts'

const scopes = ['passkeys:register', 'passkeys:authenticate']
const answer = (environment: 'test' | 'live', scopes: readonly string[]) =>
  ({ environment, key: { scopes } }) as unknown as TenantAnswer

test('a code is offered where the server makes one: for a test key with both scopes that nobody handed on', () => {
  expect(canHandOn(answer('test', [...scopes, 'usage:read']), 'own')).toBe(true)
  expect(canHandOn(answer('live', scopes), 'own')).toBe(false)
  for (const scope of scopes) expect(canHandOn(answer('test', [scope]), 'own')).toBe(false)
  expect(canHandOn({ environment: 'test', key: null }, 'own')).toBe(false)
  wasHanded('handed')
  expect(canHandOn(answer('test', scopes), 'handed')).toBe(false)
})
