import { beforeAll, describe, expect, test } from 'vitest'
import { listAudit } from '../../audit/audit.ts'
import { findClient } from '../../clients/find-client.ts'
import { secretWorks } from '../../clients/secret-works.ts'
import { expectProblem, mount, refusal, refusedWith, send } from './harness.ts'
import { managedTenant, sendAs } from './keys-harness.ts'

const path = '/v1/oauth/clients'
const app = {
  name: 'App',
  type: 'public' as const,
  redirectUris: ['https://app.example/cb'],
  scopes: ['openid' as const, 'account:read' as const],
}
const backend = { ...app, name: 'Backend', type: 'confidential' as const }

let home: Awaited<ReturnType<typeof managedTenant>>
let as: (method: string, path: string, body?: unknown) => ReturnType<typeof sendAs>
beforeAll(async () => {
  home = await managedTenant()
  as = (method, path, body) => sendAs(home.manager.secret, method, path, body)
})

test('a client is made, read, listed, changed and deleted', async () => {
  const { oauthClients } = home.manager.client
  const { clientSecret, ...made } = await oauthClients.create(app)
  expect([clientSecret, made.type, made.environment]).toEqual([undefined, 'public', 'live'])
  expect(await oauthClients.read(made.clientId)).toEqual(made)
  expect((await oauthClients.list({ limit: 100 })).data).toContainEqual(made)
  const changed = await oauthClients.update(made.clientId, { name: 'App 2', dpopRequired: true })
  expect(changed).toEqual({ ...made, name: 'App 2', dpopRequired: true })
  expect(await findClient(made.clientId)).toMatchObject({ name: 'App 2', tenant: { id: home.tenant.id } })
  expect(await oauthClients.delete(made.clientId)).toBeUndefined()
  expect(await refusedWith(oauthClients.read(made.clientId))).toEqual([404, 'not_found'])
  expect(await refusedWith(oauthClients.delete(made.clientId))).toEqual([404, 'not_found'])
  expect(await findClient(made.clientId)).toBeNull()
})

test('a secret is replaced without an interruption, and shown once', async () => {
  const { oauthClients } = home.manager.client
  const { clientId, clientSecret: first = '', secrets } = await oauthClients.create(backend)
  const { id, clientSecret: second = '' } = await oauthClients.addSecret(clientId)
  expect([await secretWorks(clientId, first), await secretWorks(clientId, second)]).toEqual([true, true])
  const third = await refusal(oauthClients.addSecret(clientId))
  expect([third.status, third.code, third.issues?.[0]?.path]).toEqual([400, 'invalid_request', 'secrets'])
  expect(await oauthClients.removeSecret(clientId, secrets[0]?.id ?? '')).toBeUndefined()
  expect([await secretWorks(clientId, first), await secretWorks(clientId, second)]).toEqual([false, true])
  expect(await refusedWith(oauthClients.removeSecret(clientId, id))).toEqual([400, 'invalid_request'])
  expect(await refusedWith(oauthClients.removeSecret(clientId, 'sec_00000000000000'))).toEqual([404, 'not_found'])
  expect(await secretWorks(clientId, second)).toBe(true)
  const shown = JSON.stringify([await oauthClients.read(clientId), await oauthClients.list()])
  for (const secret of [first, second]) expect(shown).not.toContain(secret.slice(3, 15))
})

test('statuses and headers are those of the document', async () => {
  const create = await as('POST', path, backend)
  const one = `${path}/${create.body.clientId}`
  const secret = await as('POST', `${one}/secrets`)
  const answers = [
    create,
    await as('GET', path),
    await as('GET', one),
    await as('PATCH', one, { name: 'API' }),
    secret,
    await as('DELETE', `${one}/secrets/${secret.body.id}`),
    await as('DELETE', one),
  ]
  expect(answers.map(({ status }) => status)).toEqual([201, 200, 200, 200, 201, 204, 204])
  for (const { headers } of answers) expect(headers.get('cache-control')).toBe('no-store')
})

describe('what cannot be', () => {
  test.each<[string, object, string, RegExp]>([
    ['a scope that is none', { scopes: ['moon:land'] }, 'scopes.0', /./],
    ['a grant that is none', { grants: ['implicit'] }, 'grants.0', /./],
    ['the password grant', { grants: ['password'] }, 'grants.0', /./],
    ['client_credentials of a public client', { grants: ['client_credentials'] }, 'grants', /confidential/],
    ['a redirect URI with a wildcard', { redirectUris: ['https://*.app.example/cb'] }, 'redirectUris.0', /wildcard/],
    ['no redirect URI', { redirectUris: [] }, 'redirectUris', /authorization_code needs one/],
    ['oauth:manage from users', { scopes: ['oauth:manage'] }, 'scopes', /client_credentials/],
    ['21 redirect URIs', { redirectUris: Array(21).fill('https://app.example/cb') }, 'redirectUris', /more than 20/],
    ['a logo that runs', { logoUrl: 'javascript:alert(1)' }, 'logoUrl', /https/],
    ['a type that is none', { type: 'native' }, 'type', /public/],
    ['a name that is none', { name: '\u202e' }, 'name', /./],
  ])('is refused and changes nothing: %s', async (_name, wrong, at, message) => {
    const { clientId } = (await as('POST', path, app)).body
    const before = await home.kept()
    const refusals = [await as('POST', path, { ...app, ...wrong })]
    if (!('type' in wrong)) refusals.push(await as('PATCH', `${path}/${clientId}`, wrong))
    for (const answer of refusals) {
      expectProblem(answer, [400, 'invalid_request'])
      expect(answer.body.issues[0]).toEqual({ path: at, message: expect.stringMatching(message) })
    }
    expect(await home.kept()).toEqual(before)
    expect((await as('PATCH', `${path}/${clientId}`, { name: 'Good' })).status).toBe(200)
  })
})

test('a key gives clients only scopes that it holds, and gets no hold of one that may more', async () => {
  const weak = (await home.addKey('live', ['oauth:manage', 'usage:read'])).client.oauthClients
  const strong = await home.manager.client.oauthClients.create(backend)
  const before = await home.kept()
  const denied = [403, 'insufficient_scope']
  expect(await refusedWith(weak.create(app))).toEqual(denied)
  expect(await refusedWith(weak.update(strong.clientId, { redirectUris: ['https://evil.example/'] }))).toEqual(denied)
  expect(await refusedWith(weak.addSecret(strong.clientId))).toEqual(denied)
  expect(await home.kept()).toEqual(before)
  const own = await weak.create({ ...backend, scopes: ['openid', 'profile', 'offline_access', 'usage:read'] })
  expect(await refusedWith(weak.update(own.clientId, { scopes: ['account:read'] }))).toEqual(denied)
  expect((await weak.update(own.clientId, { scopes: ['usage:read'] })).scopes).toEqual(['usage:read'])
  expect((await weak.addSecret(own.clientId)).clientSecret).toMatch(/^cs_/)
})

test('a list has the clients of its own environment, and learns nothing from a cursor of another’s', async () => {
  const other = await managedTenant()
  const tester = (await home.addKey('test', ['oauth:manage'])).client.oauthClients
  const mine = await home.manager.client.oauthClients.create(app)
  for (const foreign of [other.manager.client.oauthClients, tester]) {
    const { clientId } = await foreign.create({ ...app, scopes: ['openid'] })
    expect((await foreign.list()).data.map((client) => client.clientId)).toEqual([clientId])
    expect(await foreign.list({ cursor: mine.clientId })).toEqual(await foreign.list({ cursor: 'cli_00000000000000' }))
    expect(await refusedWith(foreign.read(mine.clientId))).toEqual([404, 'not_found'])
  }
  expect((await home.manager.client.oauthClients.list()).data).toContainEqual(mine)
})

test('the Playground’s own client is in no list, and cannot be read, changed or deleted', async () => {
  const key = await home.addKey('test', ['oauth:manage'])
  const { oauthClients } = key.client
  const id = `playground_${home.tenant.id}`
  const asked = [
    () => oauthClients.read(id),
    () => oauthClients.update(id, { redirectUris: ['https://evil.example/'] }),
    () => oauthClients.delete(id),
    () => oauthClients.addSecret(id),
    () => oauthClients.removeSecret(id, 'sec_00000000000000'),
  ]
  for (const call of asked) expect(await refusedWith(call())).toEqual([404, 'not_found'])
  expect((await oauthClients.list()).data.map(({ clientId }) => clientId)).not.toContain(id)
  expect((await findClient(id))?.redirectUris).toEqual([expect.stringMatching(/\/playground\/callback$/)])
})

test('each change is logged with the key and the request that made it, and without a secret', async () => {
  const create = await as('POST', path, backend)
  const one = `${path}/${create.body.clientId}`
  const update = await as('PATCH', one, { name: 'API' })
  const added = await as('POST', `${one}/secrets`)
  const removed = await as('DELETE', `${one}/secrets/${added.body.id}`)
  expectProblem(await as('PATCH', one, { scopes: [] }), [400, 'invalid_request'])
  const deleted = await as('DELETE', one)
  const events = (await listAudit(home.tenant.id, { limit: 5 })).data.reverse()
  expect(events.map(({ action, requestId }) => [action, requestId])).toEqual(
    [
      ['client.created', create] as const,
      ['client.updated', update] as const,
      ['client.secret_added', added] as const,
      ['client.secret_removed', removed] as const,
      ['client.deleted', deleted] as const,
    ].map(([action, { headers }]) => [action, headers.get('x-request-id')]),
  )
  for (const { actor, address, environment, target } of events) {
    expect(actor).toEqual({ type: 'key', id: home.manager.id, name: 'test' })
    expect(address).toEqual(mount === 'start' ? expect.stringMatching(/^(?:127\.0\.0\.1|::1)$/) : null)
    expect([environment, target.id]).toEqual(['live', create.body.clientId])
  }
  for (const { clientSecret } of [create.body, added.body]) {
    expect(JSON.stringify(events)).not.toContain(clientSecret.slice(3, 15))
  }
})

test('without a key nothing is told', async () => {
  for (const method of ['GET', 'POST']) {
    expectProblem(await send(method, path), [401, 'api_key_missing'])
  }
})
