import { beforeAll, describe, expect, test } from 'vitest'
import { type OAuthScope, oauthScopeNames } from '#lib/contract/oauth-scopes.ts'
import { deleteClient, updateClient } from '../../clients/clients.ts'
import { actFor } from '../../tenants/tenants.ts'
import { expectProblem, newTenant, register } from './harness.ts'
import { leftOf } from './keys-harness.ts'
import { OAuthBrowser } from './oauth-harness.ts'
import { type App, askToken, callApi, newApp, newService, newTokens, tokensIn, within5s } from './oauth-test-clients.ts'

// What the API does for a token: what its scopes allow, for its user or its client, and no longer than those are there.

let app: App
let service: App
let browser: OAuthBrowser
beforeAll(async () => {
  app = await newApp({ environment: 'live' })
  service = await newService({ tenantId: app.tenantId, environment: 'live', scopes: [...oauthScopeNames] })
  browser = new OAuthBrowser()
})

async function tokenOf(by: App, scope: string): Promise<string> {
  return tokensIn(await askToken(by, { grant_type: 'client_credentials', scope })).access_token
}

async function userToken(scope: string, by = browser, person = {}): Promise<string> {
  return (await newTokens(app, by, { scope }, person)).access_token
}

const json = (method: string, body: object) => ({
  method,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
})

describe('a token does what its scopes allow', () => {
  test.each<[OAuthScope, string, RequestInit]>([
    ['usage:read', '/v1/usage', {}],
    ['passkeys:manage', '/v1/passkeys', {}],
    ['passkeys:authenticate', '/v1/passkeys/authenticate/begin', json('POST', {})],
    ['passkeys:register', '/v1/passkeys/register/begin', json('POST', { username: 'grace' })],
    ['keys:manage', '/v1/keys', {}],
    ['oauth:manage', '/v1/oauth/clients', {}],
  ])('%s: %s', async (scope, path, init) => {
    expect((await callApi(await tokenOf(service, scope), path, init)).status).toBe(200)
    const others = oauthScopeNames.filter((name) => name !== scope && !/^(?:openid|profile|offline_access)$/.test(name))
    const refused = await callApi(await tokenOf(service, others.join(' ')), path, init)
    expectProblem(refused, [403, 'insufficient_scope'])
    expect(refused.headers.get('www-authenticate')).toBe(
      `Bearer realm="API", error="insufficient_scope", scope="${scope}"`,
    )
  })

  test('for a user too', async () => {
    expect((await callApi(await userToken('openid usage:read'), '/v1/usage')).status).toBe(200)
    expectProblem(await callApi(await userToken('openid account:read'), '/v1/usage'), [403, 'insufficient_scope'])
  })

  test('and tells whose tenant it is, without a key', async () => {
    const { body } = await callApi(await userToken('openid account:read'))
    expect(body).toMatchObject({ tenant: { id: app.tenantId }, environment: 'live', key: null })
    expect(body.limits).toEqual({ requestsPerMinute: 1000, concurrent: 50 })
  })
})

describe('a user’s token with passkeys:manage', () => {
  const other = new OAuthBrowser()
  let mine: string
  let theirs: string
  beforeAll(async () => {
    mine = await userToken('openid passkeys:manage')
    theirs = await userToken('openid passkeys:manage', other, { username: 'eve' })
  })
  const passkeysOf = async (token: string) =>
    (await callApi(token, '/v1/passkeys')).body.data as { id: string; name: string }[]

  test('reaches that user’s passkeys alone', async () => {
    const [own, foreign] = [await passkeysOf(mine), await passkeysOf(theirs)]
    expect([own.length, foreign.length]).toEqual([1, 1])
    const [{ id: ownId } = { id: '' }] = own
    const [{ id: foreignId } = { id: '' }] = foreign
    expect(ownId).not.toBe(foreignId)
    const path = (id: string) => `/v1/passkeys/${id}`
    expectProblem(await callApi(mine, path(foreignId), json('PATCH', { name: 'mine' })), [404, 'not_found'])
    expectProblem(await callApi(mine, path(foreignId), { method: 'DELETE' }), [404, 'not_found'])
    expectProblem(await callApi(mine, '/v1/passkeys?username=eve'), [403, 'insufficient_scope'])
    expect(await passkeysOf(theirs)).toEqual(foreign)
    expect((await callApi(mine, path(ownId), json('PATCH', { name: 'My key' }))).status).toBe(200)
    expect((await passkeysOf(mine))[0]?.name).toBe('My key')
    // Whoever runs the tenant reaches all.
    expect(await passkeysOf(await tokenOf(service, 'passkeys:manage'))).toHaveLength(2)
  })

  test('adds no passkey to anybody', async () => {
    const wide = await newService({
      ...{ tenantId: app.tenantId, environment: 'live' },
      scopes: ['openid', 'passkeys:manage', 'passkeys:register'],
    })
    const scope = 'openid passkeys:manage passkeys:register'
    const { access_token } = await newTokens(wide, browser, { scope })
    const begin = (token: string, username: string) =>
      callApi(token, '/v1/passkeys/register/begin', json('POST', { username }))
    expectProblem(await begin(access_token, 'eve'), [403, 'user_exists'])
    expectProblem(await begin(access_token, 'ada'), [403, 'user_exists'])
    expect((await begin(access_token, 'somebody-new')).status).toBe(200)
    // The client itself administers the tenant's users.
    expect((await begin(await tokenOf(service, 'passkeys:manage passkeys:register'), 'eve')).status).toBe(200)
  })

  test('finds nothing of another tenant or environment', async () => {
    const elsewhere = await newTenant()
    const { passkey } = await register(elsewhere.client, elsewhere.authenticator, 'ada')
    for (const token of [mine, await tokenOf(service, 'passkeys:manage')]) {
      expectProblem(await callApi(token, `/v1/passkeys/${passkey.id}`, { method: 'DELETE' }), [404, 'not_found'])
    }
    expect((await elsewhere.stored()).passkeys).toHaveLength(1)
  })
})

test('a client gives away only what it may itself, and only in its own environment', async () => {
  const weak = await newService({
    ...{ tenantId: app.tenantId, environment: 'live' },
    scopes: ['keys:manage', 'oauth:manage', 'usage:read'],
  })
  const token = await tokenOf(weak, 'keys:manage oauth:manage usage:read')
  const key = (more: object) =>
    callApi(token, '/v1/keys', json('POST', { name: 'k', type: 'live', scopes: ['usage:read'], ...more }))
  expect((await key({})).status).toBe(201)
  expectProblem(await key({ scopes: ['account:read'] }), [403, 'insufficient_scope'])
  expect((await key({ type: 'test' })).status).toBe(403)
  const client = {
    name: 'c',
    type: 'public',
    redirectUris: ['https://app.example/'],
    scopes: ['openid', 'account:read'],
  }
  expectProblem(await callApi(token, '/v1/oauth/clients', json('POST', client)), [403, 'insufficient_scope'])
})

test('requests are counted for the tenant, under the client', async () => {
  const own = await newService({ environment: 'live', scopes: ['usage:read'] })
  const token = await tokenOf(own, 'usage:read')
  for (let turn = 0; turn < 3; turn++) expect((await callApi(token, '/v1/tenant')).status).toBe(200)
  expectProblem(await callApi(token, '/v1/keys'), [403, 'insufficient_scope'])
  const { body } = await callApi(token, '/v1/usage?groupBy=key')
  expect(body.data).toEqual([{ key: own.clientId, requests: 3, errors: 0 }])
  const byOperation = (await callApi(token, '/v1/usage?groupBy=operation')).body
  expect(byOperation.data).toContainEqual({ operation: 'tenant.read', requests: 3, errors: 0 })
})

test('the rate is a client’s, whichever of its tokens comes', async () => {
  const own = await newService({ environment: 'live' })
  const [first, second] = [await tokenOf(own, 'usage:read'), await tokenOf(own, 'account:read')]
  const left = async (token: string) => leftOf(await callApi(token)).requests
  expect([await left(first), await left(second), await left(first)]).toEqual([999, 998, 997])
  const other = await newService({ tenantId: own.tenantId, environment: 'live' })
  expect(await left(await tokenOf(other, 'usage:read'))).toBe(999)
  const small = await newService({ environment: 'test' })
  const token = await tokenOf(small, 'usage:read')
  for (let turn = 0; turn < 50; turn++) {
    const answers = await Promise.all([callApi(token), callApi(token)])
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
  }
  expectProblem(await callApi(token), [429, 'rate_limited'])
})

test('what a client may not ask for any more, its tokens do not do any more', async () => {
  const own = await newService({ environment: 'live' })
  const token = await tokenOf(own, 'usage:read account:read')
  expect((await callApi(token, '/v1/usage')).status).toBe(200)
  await updateClient(await actFor(own.tenantId, 'live'), own.clientId, { scopes: ['openid', 'account:read'] })
  await within5s(async () => expectProblem(await callApi(token, '/v1/usage'), [403, 'insufficient_scope']))
  expect((await callApi(token)).status).toBe(200)
})

test('a deleted client’s tokens are refused within 5 s, and its neighbour’s go on', async () => {
  const gone = await newService({ tenantId: app.tenantId, environment: 'live' })
  const own = await tokenOf(gone, 'usage:read')
  const ofUser = await newTokens(gone, browser)
  for (const token of [own, ofUser.access_token]) expect((await callApi(token)).status).toBe(200)
  await deleteClient(await actFor(app.tenantId, 'live'), gone.clientId)
  await within5s(async () => {
    for (const token of [own, ofUser.access_token]) expectProblem(await callApi(token), [401, 'token_invalid'])
  })
  // The process that deleted it knows at once, and another one within the same time.
  await within5s(async () => {
    const refused = await askToken(gone, { grant_type: 'refresh_token', refresh_token: ofUser.refresh_token })
    expect([refused.status, refused.body.error]).toEqual([401, 'invalid_client'])
  })
  expect((await callApi(await tokenOf(service, 'usage:read'))).status).toBe(200)
})
