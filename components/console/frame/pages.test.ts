import { expect, test } from 'vitest'
import { besides, inEnvironment, pageAt, sameIn } from './pages.ts'

const at = (path: string, search = '') => sameIn('live', path, new URLSearchParams(search))

test('an address belongs to the page that it is below', () => {
  expect(pageAt('/console/keys')?.label).toBe('Keys')
  expect(pageAt('/console/keys/4fQ9/rotate')?.label).toBe('Keys')
  expect(pageAt('/console/keysets')).toBeUndefined()
})

test('the other environment shows the same view, and of one thing the list that it stands in', () => {
  expect(at('/console/usage', 'range=7d')).toBe('/console/usage?range=7d&environment=live')
  expect(at('/console/keys/4fQ9', 'x=1')).toBe('/console/keys?environment=live')
  expect(at('/console/mpc-keys', 'user=usr_1&frozen=yes')).toBe('/console/mpc-keys?frozen=yes&environment=live')
  expect(at('/console/audit', 'q=ada&of=test')).toBe('/console/audit?q=ada&of=test&environment=live')
  expect(sameIn('test', '/console/usage', new URLSearchParams('environment=live'))).toBe('/console/usage')
  expect(inEnvironment('/console/audit?q=mpk_1', 'live')).toBe('/console/audit?q=mpk_1&environment=live')
})

test('what fails stands beside its page before how much there is', () => {
  const counts = {
    ...{ users: 1204, clients: 0, keys: 6, webhooks: 3, failingWebhooks: 1 },
    balance: { amount: 8410, currency: 'USD' as const },
  }
  expect(besides('/console/users', counts)).toEqual({ text: '1,204' })
  expect(besides('/console/oauth-clients', counts)).toBeUndefined()
  expect(besides('/console/webhooks', counts)).toEqual({ text: '1 failing', bad: true })
  expect(besides('/console/webhooks', { ...counts, failingWebhooks: 0 })).toEqual({ text: '3' })
  expect(besides('/console/account', counts)).toEqual({ text: '$84.10' })
})
