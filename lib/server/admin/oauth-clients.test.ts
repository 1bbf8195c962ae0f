import { beforeAll, expect, test } from 'vitest'
import { findClient } from '../clients/find-client.ts'
import { secretWorks } from '../clients/secret-works.ts'
import { adminHere, errorHere, jsonHere } from './here.ts'

/** An option, once for each value. */
const options = (given: Record<string, string | string[]>) =>
  Object.entries(given).flatMap(([name, value]) => [value].flat().flatMap((each) => [`--${name}`, each]))

const app = {
  tenant: 'shop',
  environment: 'test',
  type: 'public',
  name: 'App',
  'redirect-uri': ['https://app.example/cb', 'http://localhost:3000/cb'],
  scopes: 'openid profile,offline_access',
}
const backend = {
  tenant: 'shop',
  environment: 'live',
  type: 'confidential',
  name: 'Backend',
  scopes: 'usage:read oauth:manage',
  grants: 'client_credentials',
}
const create = (given: Record<string, string | string[]>) => ['oauth-clients', 'create', ...options(given)]
const list = () => jsonHere('oauth-clients', 'list', '--tenant', 'shop')

beforeAll(async () => {
  await jsonHere('tenants', 'create', '--name', 'Shop', '--slug', 'shop')
})

test('a client is made with the answer of the API, listed, read and deleted', async () => {
  const made = await jsonHere(...create(app))
  expect(made).toEqual({
    clientId: expect.stringMatching(/^cli_[0-9A-Za-z]{14}$/),
    name: 'App',
    type: 'public',
    environment: 'test',
    redirectUris: app['redirect-uri'],
    postLogoutRedirectUris: null,
    scopes: ['openid', 'profile', 'offline_access'],
    grants: ['authorization_code', 'refresh_token'],
    optionalScopes: [],
    dpopRequired: false,
    logoUrl: null,
    createdAt: expect.any(String),
    secrets: [],
  })
  expect((await list()).data).toContainEqual(made)
  expect(await jsonHere('oauth-clients', 'read', made.clientId)).toEqual(made)
  const lines = (await adminHere('oauth-clients', 'list', '--tenant', 'shop')).stdout
  expect(lines).toContain(`${made.clientId}  test  public  App  openid profile offline_access`)
  expect(await jsonHere('oauth-clients', 'delete', made.clientId)).toEqual({ clientId: made.clientId, deleted: true })
  expect(await findClient(made.clientId)).toBeNull()
})

test('every option of a client can be said, changed and taken back', async () => {
  const more = {
    grants: 'authorization_code device_code',
    'logo-url': 'https://app.example/logo.png',
    'post-logout-redirect-uri': 'https://app.example/bye',
  }
  const made = await jsonHere(...create({ ...app, ...more }), '--dpop-required')
  expect(made).toMatchObject({
    grants: ['authorization_code', 'urn:ietf:params:oauth:grant-type:device_code'],
    logoUrl: 'https://app.example/logo.png',
    postLogoutRedirectUris: ['https://app.example/bye'],
    optionalScopes: [],
    dpopRequired: true,
  })
  const update = (...args: string[]) => jsonHere('oauth-clients', 'update', made.clientId, ...args)
  expect(await update('--name', 'App 2')).toEqual({ ...made, name: 'App 2' })
  const back = ['--logo-url', 'none', '--post-logout-redirect-uri', 'none', '--no-dpop-required']
  const changed = await update(...back, '--redirect-uri', 'com.example.app:/cb', '--scopes', 'openid')
  expect(changed).toEqual({
    ...made,
    name: 'App 2',
    logoUrl: null,
    postLogoutRedirectUris: null,
    optionalScopes: [],
    dpopRequired: false,
    redirectUris: ['com.example.app:/cb'],
    scopes: ['openid'],
  })
  expect(await jsonHere('oauth-clients', 'read', made.clientId)).toEqual(changed)
})

test('a secret is shown once, replaced, and the old one removed', async () => {
  const { clientId, clientSecret, secrets } = await jsonHere(...create(backend))
  expect(await secretWorks(clientId, clientSecret)).toBe(true)
  const added = await adminHere('oauth-clients', 'secrets', 'add', clientId)
  const [second = ''] = /^cs_[0-9A-Za-z]{43}$/m.exec(added.stdout) ?? []
  expect(added.stdout).toContain(`oauth-clients secrets remove ${clientId} ${secrets[0].id}`)
  expect(await secretWorks(clientId, second)).toBe(true)
  const removed = await jsonHere('oauth-clients', 'secrets', 'remove', clientId, secrets[0].id)
  expect(removed).toEqual({ id: secrets[0].id, removed: true })
  expect([await secretWorks(clientId, clientSecret), await secretWorks(clientId, second)]).toEqual([false, true])
  const { stdout } = await adminHere('oauth-clients', 'read', clientId)
  expect(stdout).toContain(`cs_…${second.slice(-4)}`)
  expect(stdout).not.toContain(second.slice(3, 15))
})

test('what is made is said in words for people', async () => {
  const open = await adminHere(...create(app))
  expect([open.code, open.stdout]).toEqual([0, expect.stringMatching(/^cli_\w{14}\n$/)])
  const closed = await adminHere(...create(backend))
  expect(closed.stdout).toMatch(/^cli_\w{14}\ncs_\w{43}\n\nThis is the only time the secret is shown/)
})

test('what makes no sense is an error that says why, and changes nothing', async () => {
  const { clientId } = await jsonHere(...create(backend))
  const { secrets } = await jsonHere('oauth-clients', 'read', clientId)
  const before = await list()
  const wrong: [args: string[], message: string][] = [
    [create({ ...app, 'redirect-uri': 'https://app.example/cb#x' }), 'has a fragment'],
    [create({ ...app, scopes: 'moon:land' }), 'scopes.0'],
    [create({ ...app, grants: 'client_credentials' }), 'confidential clients'],
    [create({ ...app, tenant: 'nobody' }), 'No tenant has the slug'],
    [create({ ...app, type: 'native' }), 'Allowed choices are public, confidential'],
    [create({ ...app, environment: 'prod' }), 'Allowed choices are test, live'],
    [['oauth-clients', 'update', clientId], 'names nothing to change'],
    [['oauth-clients', 'update', clientId, '--grants', 'authorization_code'], 'redirectUris: '],
    [['oauth-clients', 'secrets', 'remove', clientId, secrets[0].id], 'last secret'],
    [['oauth-clients', 'read', 'cli_00000000000000'], 'No such OAuth client'],
    [['oauth-clients', 'delete', 'cli_00000000000000'], 'No such OAuth client'],
  ]
  await Promise.all(
    wrong.map(async ([args, message]) => {
      expect(await errorHere(...args)).toContain(message)
    }),
  )
  expect(await list()).toEqual(before)
})

test('the operator says whether people may make accounts of a tenant', async () => {
  const made = await jsonHere('tenants', 'create', '--name', 'Club', '--slug', 'club', '--sign-up', 'off')
  expect(made.signUp).toBe(false)
  const { clientId } = await jsonHere(...create({ ...app, tenant: 'club' }))
  expect((await findClient(clientId))?.tenant.signUp).toBe(false)
  expect(await jsonHere('tenants', 'sign-up', '--tenant', 'club', 'on')).toEqual({ signUp: true })
  expect((await findClient(clientId))?.tenant.signUp).toBe(true)
  const { stdout } = await adminHere('tenants', 'sign-up', '--tenant', 'club', 'off')
  expect(stdout).toBe('People may not make an account of Club themselves.\n')
  for (const args of [
    ['maybe', '--tenant', 'club'],
    ['on', '--tenant', 'nobody'],
    ['--tenant', 'club'],
  ]) {
    expect((await adminHere('tenants', 'sign-up', ...args)).code).toBe(1)
  }
  expect((await findClient(clientId))?.tenant.signUp).toBe(false)
})
