import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { problem } from '#lib/contract/problem.ts'
import { scopeNames, scopes } from '#lib/contract/scopes.ts'
import { api } from '../app.ts'
import { baseUrl, newTenant, register, send, signIn } from './harness.ts'

type Schema = Parameters<typeof z.fromJSONSchema>[0]
interface Content {
  content?: Record<string, { schema: Schema }>
}
interface Operation {
  operationId: string
  summary: string
  description?: string
  security: Record<string, string[]>[]
  parameters?: { name: string; in: string; required: boolean; schema: Schema }[]
  requestBody?: Content & { required: boolean }
  responses: Record<string, Content & { description: string }>
}

let document: {
  openapi: string
  info: { title: string; version: string }
  servers: unknown
  components: { securitySchemes: Record<string, object> }
  paths: Record<string, Record<string, Operation>>
}
let operations: { method: string; path: string; operation: Operation }[]
/** Those that take a key or a token. */
let keyed: typeof operations

beforeAll(async () => {
  document = (await send('GET', '/v1/openapi.json')).body
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  )
  keyed = operations.filter(({ operation }) => operation.security.some((way) => 'oauth' in way))
})

test('the document is OpenAPI 3.1 of this server', () => {
  expect(document.openapi).toMatch(/^3\.1\./)
  expect(document.info).toMatchObject({ title: expect.any(String), version: expect.any(String) })
  expect(document.servers).toEqual([{ url: baseUrl }])
  expect(document.components.securitySchemes).toMatchObject({
    apiKey: { type: 'http', scheme: 'bearer' },
    apiKeyHeader: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
    serviceToken: { type: 'http', scheme: 'bearer' },
    oauth: { type: 'oauth2' },
  })
})

test('it has every route, and names itself nowhere', () => {
  const named = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`)
  const routes = api()
    .routes.filter(({ method, path }) => method !== 'ALL' && path !== '/v1/openapi.json')
    // Our own pages ask there: no part of the public API. What OAuth has, its own metadata describes, and mpc.v1 its proto.
    .filter(({ path }) => !/^\/(?:v1\/mpc|console|interaction|account|approval|oauth|device)\b/.test(path))
    .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`)
  expect(named.length).toBeGreaterThanOrEqual(12)
  expect(new Set(named)).toEqual(new Set(routes))
})

test('every operation has an id of its own, what it does, its security, and a problem for all that goes wrong', () => {
  const ids = operations.map(({ operation }) => operation.operationId)
  expect(new Set(ids).size).toBe(ids.length)
  for (const { operation } of operations) {
    expect(operation.operationId).toMatch(/^[a-z]+(?:\.[a-z]+)+$/)
    expect(operation.summary).toMatch(/./)
    const { oauth = [] } = operation.security.at(-1) ?? {}
    const withKey = [{ apiKey: [] }, { apiKeyHeader: [] }, { oauth }]
    expect([[], withKey, [{ oauth }], [{ serviceToken: [] }]]).toContainEqual(operation.security)
    // What a key cannot ask says for whom it is.
    if (operation.security.length === 1 && operation.security[0]?.oauth)
      expect(operation.description).toContain('access token that acts for a user')
    expect(scopeNames).toEqual(expect.arrayContaining(oauth))
    const { schema } = operation.responses.default?.content?.['application/problem+json'] ?? {}
    const { properties, required } = schema as { properties: object; required: string[] }
    expect(Object.keys(properties)).toEqual(Object.keys(problem.shape))
    expect(required).toEqual(['type', 'title', 'status', 'detail', 'code', 'requestId'])
  }
})

test('every operation has its parameters, its body and its good answer, with schemas that can be read', () => {
  for (const { method, path, operation } of operations) {
    const { parameters = [], requestBody, responses } = operation
    const inPath = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)
    expect(inPath).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))
    const withBody = /^(?:post|patch)$/.test(method) && !/\/(?:revoke|secrets|rotate-secret|resend)$/.test(path)
    // A rotation and a test of a webhook go by their defaults where they say nothing.
    expect(requestBody?.required).toBe(/\/(?:rotate|\{id\}\/test)$/.test(path) ? false : withBody || undefined)
    const good = Object.entries(responses).filter(([status]) => /^2\d\d$/.test(status))
    expect(good).toHaveLength(1)
    const [[status = '', response] = []] = good
    expect(response?.description).toMatch(/./)
    const schemas = [
      ...parameters.map(({ schema }) => schema),
      ...(requestBody ? Object.values(requestBody.content ?? {}).map(({ schema }) => schema) : []),
      ...(status === '204' ? [] : [Object.values(response?.content ?? {})[0]?.schema]),
    ]
    for (const schema of schemas) z.fromJSONSchema(schema as Schema)
    for (const schema of schemas) expect(schema).toBeTypeOf('object')
  }
})

/** What services tell with a token of their own, and what a one-time code opens. */
const withoutKey = ['/v1/usage/events', '/v1/hand-offs/take']

test('what starts with /v1 takes a key or an access token, but for what has a secret of its own, and nothing else does', () => {
  expect(keyed.map(({ path }) => path)).toEqual(
    operations.map(({ path }) => path).filter((path) => path.startsWith('/v1/') && !withoutKey.includes(path)),
  )
  expect(document.paths['/v1/hand-offs/take']?.post?.security).toEqual([])
  expect(document.paths['/v1/usage/events']?.post?.security).toEqual([{ serviceToken: [] }])
})

test('where a scope’s sentence says that it opens something, it does', () => {
  const opened = (scope: string) =>
    keyed.filter(({ operation }) => operation.description?.includes(`\`${scope}\``)).map(({ path }) => path)
  const said = scopeNames.map((scope) => ({ scope, places: scopes[scope].match(/\/v1(?:\/[a-z-]+)+/g) ?? [] }))
  for (const { scope, places } of said) {
    const paths = opened(scope)
    for (const place of places)
      expect(paths, scope).toContainEqual(expect.stringMatching(new RegExp(`^${place}(?:/|$)`)))
    for (const path of paths) expect(places, path).toContainEqual(expect.toSatisfy((place) => path.startsWith(place)))
  }
})

test('an operation that needs a scope says which', () => {
  const { description } = document.paths['/v1/usage']?.get ?? {}
  expect(description).toContain('`usage:read`')
  for (const { operation } of keyed) {
    if (operation.operationId === 'tenant.read') continue
    expect(scopeNames.some((scope) => operation.description?.includes(`\`${scope}\``))).toBe(true)
  }
})

describe('what the server answers fits the document', () => {
  const schemaOf = (path: string, method: string, status: number | 'default') => {
    const content = document.paths[path]?.[method]?.responses[status]?.content ?? {}
    const [{ schema } = { schema: undefined }] = Object.values(content)
    if (!schema) throw new Error(`The document has no schema for ${method} ${path} ${status}.`)
    return z.fromJSONSchema(schema)
  }

  test('where it succeeds', async () => {
    const { client, authenticator } = await newTenant({ scopes: [...scopeNames] })
    const fits = (path: string, method: string, status: number, answer: unknown) => {
      const { error } = schemaOf(path, method, status).safeParse(answer)
      expect(error?.issues, `${method} ${path}`).toBeUndefined()
      expect(schemaOf(path, method, status).safeParse({}).success).toBe(false)
    }
    fits('/v1/tenant', 'get', 200, await client.tenant())
    const begun = await client.passkeys.register.begin({ username: 'bob' })
    fits('/v1/passkeys/register/begin', 'post', 200, begun)
    fits('/v1/passkeys/register/finish', 'post', 201, await register(client, authenticator, 'ada'))
    fits('/v1/passkeys/authenticate/begin', 'post', 200, await client.passkeys.authenticate.begin())
    const answer = await signIn(client, authenticator, 'ada')
    fits('/v1/passkeys/authenticate/finish', 'post', 200, answer)
    const approving = await client.passkeys.approve.begin({ action: { type: 'mpc.delete', keyId: 'mpk_1' } })
    const approved = { ceremonyId: approving.ceremonyId, credential: authenticator.get(approving.publicKey) }
    fits('/v1/passkeys/authenticate/finish', 'post', 200, await client.passkeys.approve.finish(approved))
    fits('/v1/passkeys', 'get', 200, await client.passkeys.list())
    fits('/v1/passkeys/{id}', 'patch', 200, await client.passkeys.rename(answer.passkey.id, 'Phone'))
    fits('/v1/users', 'get', 200, await client.users.list())
    const { data } = await client.logs.list()
    fits('/v1/logs', 'get', 200, { data, nextCursor: null })
    fits('/v1/logs/{requestId}', 'get', 200, await client.logs.get(data[0]?.requestId ?? ''))
    fits('/v1/users/{id}', 'get', 200, await client.users.get(answer.user.id))
    const key = await client.keys.create({ name: 'CI', scopes: ['usage:read'] })
    fits('/v1/keys', 'post', 201, key)
    fits('/v1/keys', 'get', 200, await client.keys.list())
    fits('/v1/keys/{id}', 'get', 200, await client.keys.read(key.id))
    fits('/v1/keys/{id}', 'patch', 200, await client.keys.update(key.id, { allowedIps: ['203.0.113.0/24'] }))
    fits('/v1/keys/{id}/allowlist/test', 'post', 200, await client.keys.testAddress(key.id, '203.0.113.10'))
    fits('/v1/keys/{id}/rotate', 'post', 201, await client.keys.rotate(key.id))
    fits('/v1/keys/{id}/revoke', 'post', 200, await client.keys.revoke(key.id))
    const handOff = await client.handOffs.create({ username: 'ada' })
    fits('/v1/hand-offs', 'post', 201, handOff)
    fits('/v1/hand-offs/{id}', 'get', 200, await client.handOffs.read(handOff.id))
    const code = new URL(handOff.url).hash.replace('#hand-off=', '')
    fits('/v1/hand-offs/take', 'post', 201, await client.handOffs.take(code))
    const made = await client.oauthClients.create({
      name: 'App',
      type: 'confidential',
      redirectUris: ['https://app.example/cb'],
      scopes: ['openid'],
    })
    fits('/v1/oauth/clients', 'post', 201, made)
    fits('/v1/oauth/clients', 'get', 200, await client.oauthClients.list())
    fits('/v1/oauth/clients/{id}', 'get', 200, await client.oauthClients.read(made.clientId))
    const changed = await client.oauthClients.update(made.clientId, { logoUrl: 'https://app.example/logo.png' })
    fits('/v1/oauth/clients/{id}', 'patch', 200, changed)
    fits('/v1/oauth/clients/{id}/secrets', 'post', 201, await client.oauthClients.addSecret(made.clientId))
    const { account } = client
    fits('/v1/account', 'get', 200, await account.read())
    fits('/v1/account', 'patch', 200, await account.update({ balanceAlert: { amount: 500 } }))
    fits('/v1/account/payment-methods', 'post', 201, await account.paymentMethods.create({ label: 'Invoice' }))
    fits('/v1/account/payment-methods', 'get', 200, await account.paymentMethods.list())
    const topUp = await account.fund({ amount: 100, paymentMethodId: 'pm_card_ok' })
    fits('/v1/account/funds', 'post', 201, topUp)
    fits('/v1/account/top-ups/{id}', 'get', 200, await account.topUp(topUp.id))
    fits('/v1/account/transactions', 'get', 200, await account.transactions())
    for (const groupBy of ['day', 'hour', 'key', 'operation'] as const) {
      fits('/v1/usage', 'get', 200, await client.usage({ groupBy }))
    }
  })

  test('where it refuses', async () => {
    for (const { method, path } of keyed) {
      const { body } = await send(method.toUpperCase(), path.replace('{id}', 'psk_00000000000000'))
      expect(schemaOf(path, method, 'default').safeParse(body).success).toBe(true)
      expect(body.code).toBe('api_key_missing')
    }
  })
})
