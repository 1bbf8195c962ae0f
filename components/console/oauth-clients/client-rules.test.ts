import { expect, test } from 'vitest'
import { type Access, settled, whyNoGrant, whyNoScope } from './client-rules.ts'

const server: Access = {
  type: 'confidential',
  grants: ['authorization_code', 'refresh_token', 'client_credentials'],
  scopes: ['openid', 'keys:manage', 'usage:read'],
  optionalScopes: ['usage:read'],
}

test('what a client can be is left as it is', () => {
  expect(settled(server)).toEqual(server)
})

test('without a secret there are no client credentials, and no scope that runs the tenant', () => {
  expect(settled({ ...server, type: 'public' })).toEqual({
    type: 'public',
    grants: ['authorization_code', 'refresh_token'],
    scopes: ['openid', 'usage:read'],
    optionalScopes: ['usage:read'],
  })
  expect(whyNoGrant('client_credentials', { type: 'public', grants: [] })).toMatch(/takes a secret/)
  expect(whyNoGrant('client_credentials', server)).toBeUndefined()
  expect(whyNoScope('oauth:manage', { grants: ['authorization_code'] })).toMatch(/client_credentials/)
  expect(whyNoScope('oauth:manage', server)).toBeUndefined()
})

test('only who was signed in can stay so', () => {
  expect(settled({ ...server, grants: ['refresh_token', 'client_credentials'] }).grants).toEqual(['client_credentials'])
  const device = ['refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'] as const
  expect(settled({ ...server, grants: device }).grants).toEqual(device)
})

test('people leave out no scope that the client has not, and neither the sign-in nor what nobody is asked for', () => {
  const optional = ['openid', 'keys:manage', 'usage:read', 'profile'] as const
  expect(settled({ ...server, optionalScopes: optional }).optionalScopes).toEqual(['usage:read'])
})
