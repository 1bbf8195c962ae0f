import { beforeAll, describe, expect, test } from 'vitest'
import { findClient } from '../../clients/find-client.ts'
import { secretWorks } from '../../clients/secret-works.ts'
import { newConsole } from './console-harness.ts'
import { baseUrl, newTenant, refusal, refusedWith, request } from './harness.ts'
import { keptOf } from './keys-harness.ts'

type Console = Awaited<ReturnType<typeof newConsole>>

const app = {
  name: 'App',
  type: 'confidential' as const,
  redirectUris: ['https://app.example/cb'],
  scopes: ['openid' as const, 'account:read' as const],
}
const unconfirmed = [403, 'confirmation_required']

test('a member makes a test client, changes it, replaces its secret and deletes it', async () => {
  const { client, tenant } = await newConsole()
  const { clientSecret: first = '', ...made } = await client.clients.create({ ...app, environment: 'test' })
  expect((await client.clients.list('test')).data).toEqual([made])
  expect((await client.clients.list('live')).data).toEqual([])
  expect(await client.clients.read(made.clientId)).toEqual(made)
  const changed = await client.clients.update(made.clientId, { name: 'App 2', scopes: ['openid'] })
  expect(changed).toEqual({ ...made, name: 'App 2', scopes: ['openid'] })
  const { clientSecret: second } = await client.clients.addSecret(made.clientId)
  expect(await client.clients.removeSecret(made.clientId, made.secrets[0]?.id ?? '')).toBeUndefined()
  expect([await secretWorks(made.clientId, first), await secretWorks(made.clientId, second)]).toEqual([false, true])
  expect((await findClient(made.clientId))?.tenant.id).toBe(tenant.id)
  expect(await client.clients.delete(made.clientId)).toBeUndefined()
  expect((await client.clients.list('test')).data).toEqual([])
})

describe('a live client', () => {
  let console: Console
  beforeAll(async () => {
    console = await newConsole()
  })

  test('is made, changed and deleted with a fresh assertion, one for each', async () => {
    const { client, browser, tenant } = console
    const create = () => client.clients.create({ ...app, environment: 'live' })
    expect(await refusedWith(create())).toEqual(unconfirmed)
    expect((await client.clients.list('live')).data).toEqual([])
    await browser.confirm('POST /oauth-clients', { ...app, environment: 'live' })
    const { clientId, secrets } = await create()
    const changes = [
      create,
      () => client.clients.update(clientId, { redirectUris: ['https://evil.example/'] }),
      () => client.clients.addSecret(clientId),
      () => client.clients.removeSecret(clientId, secrets[0]?.id ?? ''),
      () => client.clients.delete(clientId),
    ]
    const before = await keptOf(tenant.id)
    for (const change of changes) expect(await refusedWith(change())).toEqual(unconfirmed)
    expect(await keptOf(tenant.id)).toEqual(before)
    await browser.confirm(`POST /oauth-clients/${clientId}/secrets`)
    await client.clients.addSecret(clientId)
    await browser.confirm(`DELETE /oauth-clients/${clientId}/secrets/${secrets[0]?.id}`)
    await client.clients.removeSecret(clientId, secrets[0]?.id ?? '')
    await browser.confirm(`PATCH /oauth-clients/${clientId}`, { name: 'App 2' })
    expect((await client.clients.update(clientId, { name: 'App 2' })).name).toBe('App 2')
    await browser.confirm(`DELETE /oauth-clients/${clientId}`)
    await client.clients.delete(clientId)
    expect((await client.clients.list('live')).data).toEqual([])
  })

  test('a change that is refused leaves the assertion for another try', async () => {
    const { client, browser } = console
    const wrong = { ...app, redirectUris: [], environment: 'live' as const }
    await browser.confirm('POST /oauth-clients', wrong)
    for (const _ of ['once', 'and again']) {
      const { status, issues } = await refusal(client.clients.create(wrong))
      expect([status, issues?.[0]?.path]).toEqual([400, 'redirectUris'])
    }
    // It is for nothing else.
    expect(await refusedWith(client.clients.create({ ...app, environment: 'live' }))).toEqual(unconfirmed)
  })
})

test('another tenant’s clients do not exist for a member, whatever is asked of them', async () => {
  const { client } = await newConsole({ confirms: true })
  const { key, tenant } = await newTenant({ scopes: ['oauth:manage', 'account:read'] })
  const { clientId, secrets } = await key.client.oauthClients.create(app)
  const before = await keptOf(tenant.id)
  const ask = (id: string) => [
    () => client.clients.read(id),
    () => client.clients.update(id, { name: 'Mine' }),
    () => client.clients.delete(id),
    () => client.clients.addSecret(id),
    () => client.clients.removeSecret(id, secrets[0]?.id ?? ''),
  ]
  const unknown = await refusal(client.clients.read('cli_00000000000000'))
  for (const call of [...ask(clientId), ...ask(`playground_${tenant.id}`)]) {
    const problem = await refusal(call())
    expect({ ...problem, requestId: '' }).toEqual({ ...unknown, requestId: '' })
    expect([problem.status, problem.code]).toEqual([404, 'not_found'])
  }
  expect(await keptOf(tenant.id)).toEqual(before)
})

test('a body names no tenant, and says the environment', async () => {
  const { client, tenant } = await newConsole()
  const body = { ...app, environment: 'test' as const }
  const before = await keptOf(tenant.id)
  for (const more of [{ tenantId: 'tnt_00000000000000' }, { clientId: 'cli_x' }, { environment: undefined }]) {
    expect(await refusedWith(client.clients.create({ ...body, ...more } as typeof body))).toEqual([
      400,
      'invalid_request',
    ])
  }
  expect(await keptOf(tenant.id)).toEqual(before)
  expect((await client.clients.create(body)).environment).toBe('test')
})

test('clients and sign-up are for members, and changed from the Console’s own pages', async () => {
  const { browser, client, tenant } = await newConsole({ confirms: true })
  for (const path of ['/oauth-clients', '/oauth-clients/cli_00000000000000', '/sign-up']) {
    const answer = await request(`${baseUrl}/console/api${path}`)
    expect([answer.status, (await answer.json()).code]).toEqual([401, 'session_required'])
  }
  const before = await keptOf(tenant.id)
  browser.headers = { Origin: 'https://evil.example' }
  expect(await refusedWith(client.clients.create({ ...app, environment: 'test' }))).toEqual([403, 'origin_not_allowed'])
  expect(await refusedWith(client.signUp.update(false))).toEqual([403, 'origin_not_allowed'])
  expect(await keptOf(tenant.id)).toEqual(before)
  browser.headers = { Origin: baseUrl }
  expect((await client.signUp.update(false)).signUp).toBe(false)
})

test('who may sign up is changed with a fresh assertion, holds for the tenant’s clients, and is logged', async () => {
  const { client, browser } = await newConsole()
  const { clientId } = await client.clients.create({ ...app, environment: 'test' })
  expect(await client.signUp.read()).toEqual({ signUp: true })
  expect(await refusedWith(client.signUp.update(false))).toEqual(unconfirmed)
  expect(await client.signUp.read()).toEqual({ signUp: true })
  await browser.confirm('PATCH /sign-up', { signUp: false })
  expect(await refusedWith(client.signUp.update('off' as never))).toEqual([400, 'invalid_request'])
  expect(await client.signUp.update(false)).toEqual({ signUp: false })
  expect(await client.signUp.read()).toEqual({ signUp: false })
  expect((await findClient(clientId))?.tenant.signUp).toBe(false)
  const [event] = (await client.audit()).data
  expect(event).toMatchObject({ action: 'sign_up.updated', before: { signUp: true }, after: { signUp: false } })
  expect(event?.actor.type).toBe('member')
})
