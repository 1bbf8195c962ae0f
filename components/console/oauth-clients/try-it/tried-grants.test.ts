import { expect, test } from 'vitest'
import type { ClientView } from '#lib/contract/oauth.ts'
import { firstChoices, scopesFor, stepsOf, triedGrants } from './tried-grants.ts'

const client = {
  grants: ['client_credentials', 'refresh_token', 'authorization_code'],
  scopes: ['openid', 'offline_access', 'keys:manage', 'usage:read'],
  dpopRequired: true,
} as unknown as ClientView

test('every grant that a client has is tried, from its beginning to a call with its token', () => {
  expect(triedGrants(client)).toEqual(['authorization_code', 'client_credentials'])
  expect(stepsOf('authorization_code', client)).toEqual(['authorize', 'exchange', 'refresh', 'api'])
  expect(stepsOf('authorization_code', { grants: ['authorization_code'] })).toEqual(['authorize', 'exchange', 'api'])
  expect(stepsOf('urn:ietf:params:oauth:grant-type:device_code', client)).toEqual(['codes', 'wait', 'refresh', 'api'])
  expect(stepsOf('client_credentials', client)).toEqual(['itself', 'api'])
})

test('nobody is asked for what the server would refuse or leave out', () => {
  expect(scopesFor('authorization_code', client)).toEqual(['openid', 'offline_access', 'usage:read'])
  expect(scopesFor('authorization_code', { ...client, grants: ['authorization_code'] })).toEqual([
    'openid',
    'usage:read',
  ])
  expect(scopesFor('client_credentials', client)).toEqual(['keys:manage', 'usage:read'])
  expect(firstChoices('authorization_code', client)).toMatchObject({ askAgain: true, dpop: true, resource: 'api' })
})
