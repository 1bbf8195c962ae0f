import { beforeAll, expect, test } from 'vitest'
import type { ClientCreate } from '#lib/contract/oauth.ts'
import { playgroundClientId, playgroundScopes } from '#lib/contract/oauth-scopes.ts'
import { keptText } from '#lib/setup/kept-text.ts'
import { type Caller, operator } from '../caller.ts'
import { database } from '../db/database.ts'
import { env } from '../env.ts'
import { hashToken } from '../secret-token.ts'
import { updateSignUp } from '../tenants/sign-up.ts'
import { actFor, consoleTenantId, createTenant } from '../tenants/tenants.ts'
import { allClients, createClient, deleteClient, readClient, updateClient } from './clients.ts'
import { findClient } from './find-client.ts'
import { secretWorks } from './secret-works.ts'
import { addSecret, removeSecret } from './secrets.ts'

const confidential: ClientCreate = {
  name: 'Backend',
  type: 'confidential',
  redirectUris: ['https://app.example/cb', 'com.example.app:/cb'],
  scopes: ['usage:read', 'openid'],
}

let caller: Caller
beforeAll(async () => {
  const origins = ['https://shop.example']
  const { id } = await createTenant({ name: 'Shöp “1”', slug: 'shop', rpId: 'shop.example', origins })
  caller = await actFor(id, 'live')
})

test('a client is found as it is, with its tenant', async () => {
  const { clientId } = await createClient(caller, confidential)
  const tenant = await (await database()).tenant.findUniqueOrThrow({ where: { id: caller.tenant.id } })
  const { createdAt: _, ...ofTenant } = tenant
  expect(await findClient(clientId)).toEqual({
    id: clientId,
    name: 'Backend',
    type: 'confidential',
    environment: 'live',
    tenant: ofTenant,
    redirectUris: confidential.redirectUris,
    postLogoutRedirectUris: confidential.redirectUris,
    scopes: ['openid', 'usage:read'],
    grants: ['authorization_code', 'refresh_token'],
    optionalScopes: [],
    createdAt: expect.any(String),
    dpopRequired: false,
    logoUrl: null,
    secretHashes: [expect.stringMatching(/^[\w-]{43}$/)],
  })
  const change = { dpopRequired: true, logoUrl: 'https://shop.example/l.png', postLogoutRedirectUris: [] }
  await updateClient(caller, clientId, change)
  await updateSignUp(caller.tenant.id, operator, { signUp: false })
  expect(await findClient(clientId)).toMatchObject({ ...change, tenant: { ...ofTenant, signUp: false } })
  await deleteClient(caller, clientId)
  expect(await findClient(clientId)).toBeNull()
  for (const id of ['', 'cli_00000000000000', "' OR 1=1 --"]) expect(await findClient(id)).toBeNull()
})

test('each of a client’s secrets is its own, until it is removed', async () => {
  const { clientId, clientSecret: first = '', secrets } = await createClient(caller, confidential)
  const other = await createClient(caller, confidential)
  expect(first).toMatch(/^cs_[0-9A-Za-z]{43}$/)
  expect(await secretWorks(clientId, first)).toBe(true)
  const second = await addSecret(caller, clientId)
  for (const secret of [first, second.clientSecret]) expect(await secretWorks(clientId, secret)).toBe(true)
  for (const secret of ['', first.slice(0, -1), `${first}x`, other.clientSecret ?? '', '-'.repeat(43)]) {
    expect(await secretWorks(clientId, secret)).toBe(false)
  }
  await removeSecret(caller, clientId, secrets[0]?.id ?? '')
  expect([await secretWorks(clientId, first), await secretWorks(clientId, second.clientSecret)]).toEqual([false, true])
  await deleteClient(caller, clientId)
  expect(await secretWorks(clientId, second.clientSecret)).toBe(false)
  const { clientId: open } = await createClient(caller, { ...confidential, type: 'public' })
  for (const secret of ['', first, '-'.repeat(43)]) expect(await secretWorks(open, secret)).toBe(false)
})

test('of a secret its HMAC is kept, and no part of it anywhere in the data', async () => {
  const { clientId, clientSecret = '' } = await createClient(caller, confidential)
  const second = await addSecret(caller, clientId)
  const db = await database()
  const kept = await db.oAuthClientSecret.findMany({ where: { clientId }, orderBy: { createdAt: 'asc' } })
  const made = [clientSecret, second.clientSecret]
  expect(kept.map(({ hash }) => hash).sort()).toEqual(made.map((text) => hashToken(text, 'client-secret')).sort())
  const text = await keptText(env().database)
  expect(text).toContain(clientId)
  for (const secret of made) {
    expect(text).not.toContain(secret.slice(3))
    expect(text).not.toContain(secret.slice(3, 15))
  }
})

test('the Playground’s client is there for every tenant’s test environment, and is nobody’s to change', async () => {
  const clientId = playgroundClientId(caller.tenant.id)
  const redirectUris = [`${env().baseUrl}/playground/callback`]
  expect(await findClient(clientId)).toEqual({
    id: clientId,
    name: 'WebAuthn Playground',
    type: 'public',
    environment: 'test',
    tenant: { ...(await findClient((await createClient(caller, confidential)).clientId))?.tenant },
    redirectUris,
    postLogoutRedirectUris: redirectUris,
    scopes: playgroundScopes,
    grants: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
    optionalScopes: [],
    createdAt: null,
    dpopRequired: false,
    logoUrl: null,
    secretHashes: [],
  })
  const tester = await actFor(caller.tenant.id, 'test')
  expect(await allClients(tester)).toEqual([])
  for (const change of [
    () => readClient(tester, clientId),
    () => updateClient(tester, clientId, { name: 'Mine' }),
    () => deleteClient(tester, clientId),
    () => addSecret(tester, clientId),
  ]) {
    await expect(change()).rejects.toMatchObject({ code: 'not_found' })
  }
  expect((await findClient(clientId))?.name).toBe('WebAuthn Playground')
})

test('without DEMO there is no such client', async () => {
  const clientId = playgroundClientId(caller.tenant.id)
  const { demo } = env()
  try {
    env().demo = false
    expect(await findClient(clientId)).toBeNull()
    env().demo = true
    expect((await findClient(clientId))?.id).toBe(clientId)
  } finally {
    env().demo = demo
  }
})

test('the Console’s own tenant has none, nor has one that is not there', async () => {
  const db = await database()
  await db.tenant.upsert({
    where: { id: consoleTenantId },
    create: { id: consoleTenantId, slug: 'console', name: 'Console' },
    update: {},
  })
  expect(await findClient(playgroundClientId(consoleTenantId))).toBeNull()
  expect(await findClient(playgroundClientId('tnt_00000000000000'))).toBeNull()
  expect(await findClient(playgroundClientId(''))).toBeNull()
  expect(await findClient(playgroundClientId(caller.tenant.id))).not.toBeNull()
})
