import * as client from 'openid-client'
import { beforeAll, describe, expect, test } from 'vitest'
import { addSecret, removeSecret } from '../../clients/secrets.ts'
import { actFor } from '../../tenants/tenants.ts'
import { baseUrl, request } from './harness.ts'
import {
  type App,
  apiUrl,
  askToken,
  callApi,
  claimsOf,
  expectOAuthError,
  newApp,
  newService,
  post,
} from './oauth-test-clients.ts'

const grant = { grant_type: 'client_credentials' }

let service: App
beforeAll(async () => {
  service = await newService({ scopes: ['openid', 'account:read', 'usage:read', 'keys:manage'] })
})

/** Credentials in the header, as RFC 6749 encodes them. */
const basic = (id: string, secret: string) => ({
  Authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`,
})

test.each(['basic', 'post'])('a client gets a token for itself with its secret: %s', async (way) => {
  const { clientId, clientSecret = '' } = service
  const authentication =
    way === 'basic' ? client.ClientSecretBasic(clientSecret) : client.ClientSecretPost(clientSecret)
  const config = await client.discovery(new URL(baseUrl), clientId, clientSecret, authentication, {
    execute: [client.allowInsecureRequests],
    [client.customFetch]: request as client.CustomFetch,
  })
  const tokens = await client.clientCredentialsGrant(config, { scope: 'account:read' })
  expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 3600, scope: 'account:read' })
  expect(tokens).not.toHaveProperty('refresh_token')
  expect(tokens).not.toHaveProperty('id_token')
  const claims = claimsOf(tokens.access_token)
  expect(claims).toMatchObject({
    iss: baseUrl,
    sub: clientId,
    client_id: clientId,
    azp: clientId,
    aud: apiUrl,
    scope: 'account:read',
    providerTenantId: service.tenantId,
    environment: 'test',
  })
  for (const claim of ['grant_id', 'auth_time', 'amr', 'acr']) expect(claims).not.toHaveProperty(claim)
  expect((await callApi(tokens.access_token)).body).toMatchObject({ tenant: { id: service.tenantId }, key: null })
})

test('without a scope it is given all that it may have, and never more', async () => {
  const all = await askToken(service, grant)
  expect(all.body.scope.split(' ').sort()).toEqual(['account:read', 'keys:manage', 'usage:read'])
  for (const scope of ['skills:execute', 'account:read skills:execute']) {
    const answer = await askToken(service, { ...grant, scope })
    expectOAuthError(answer, [400, 'invalid_scope'])
    expect(answer.body).not.toHaveProperty('access_token')
  }
  expect((await askToken(service, { ...grant, scope: 'usage:read' })).body.scope).toBe('usage:read')
})

describe('is refused', () => {
  const { clientId, clientSecret } = {
    clientId: () => service.clientId,
    clientSecret: () => service.clientSecret ?? '',
  }
  const wrong: [string, () => Promise<Awaited<ReturnType<typeof post>>>][] = [
    ['a wrong secret in the form', () => post('/oauth/token', { ...grant, client_id: clientId(), client_secret: 'x' })],
    ['a wrong secret in the header', () => post('/oauth/token', grant, basic(clientId(), `${clientSecret()}x`))],
    ['no secret', () => post('/oauth/token', { ...grant, client_id: clientId() })],
    ['an empty secret', () => post('/oauth/token', { ...grant, client_id: clientId(), client_secret: '' })],
    ['a secret of a client that is none', () => post('/oauth/token', grant, basic('cli_nobody', clientSecret()))],
    ['a secret without a client', () => post('/oauth/token', { ...grant, client_secret: clientSecret() })],
    [
      'the text that stands in for secrets in the library’s eyes',
      () => post('/oauth/token', { ...grant, client_id: clientId(), client_secret: 'kept as a hash' }),
    ],
    [
      'two ways to say who one is',
      () =>
        post(
          '/oauth/token',
          { ...grant, client_id: clientId(), client_secret: clientSecret() },
          basic(clientId(), clientSecret()),
        ),
    ],
    [
      'a signed assertion',
      () =>
        post('/oauth/token', {
          ...grant,
          client_id: clientId(),
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_assertion: 'e30.e30.x',
        }),
    ],
  ]

  test.each(wrong)('%s', async (_name, ask) => {
    const answer = await ask()
    expect([answer.status, answer.body.error]).toEqual([
      expect.toSatisfy((status) => status === 401 || status === 400),
      expect.stringMatching(/^invalid_(?:client|request)$/),
    ])
    expect(answer.body).not.toHaveProperty('access_token')
    expect((await askToken(service, grant)).status).toBe(200)
  })

  test('a public client, and one without the grant', async () => {
    const app = await newApp({ tenantId: service.tenantId })
    expectOAuthError(await askToken(app, grant), [400, 'invalid_request'])
    const other = await newService({ tenantId: service.tenantId, grants: ['authorization_code'] })
    expectOAuthError(await askToken(other, grant), [400, 'invalid_request'])
  })
})

test('a wrong secret in the header is answered with the scheme to use', async () => {
  const answer = await post('/oauth/token', grant, basic(service.clientId, 'x'))
  expectOAuthError(answer, [401, 'invalid_client'])
  expect(answer.headers.get('www-authenticate')).toMatch(/^Basic realm=/)
})

test('two secrets work while they are changed, and a removed one ends, within five seconds at other processes', async () => {
  const own = await newService({ tenantId: service.tenantId })
  const caller = await actFor(service.tenantId, 'test')
  const second = await addSecret(caller, own.clientId)
  const renewed = { ...own, clientSecret: second.clientSecret }
  expect([(await askToken(own, grant)).status, (await askToken(renewed, grant)).status]).toEqual([200, 200])
  await removeSecret(caller, own.clientId, second.id)
  await expect.poll(async () => (await askToken(renewed, grant)).status, { interval: 1_000 }).toBe(401)
  expectOAuthError(await askToken(renewed, grant), [401, 'invalid_client'])
  expect((await askToken(own, grant)).status).toBe(200)
})
