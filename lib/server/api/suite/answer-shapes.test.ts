import { expect, test } from 'vitest'
import { attemptRegistration, attemptSignIn, flipped } from './ceremonies-harness.ts'
import { baseUrl, newTenant, passkeyScopes, refusal } from './harness.ts'

// Every name that other software reads, and no other.

const datetime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const base64url = expect.stringMatching(/^[\w-]+$/)

const scopes = [...passkeyScopes, 'passkeys:manage' as const]

test('the answers of a registration and a sign-in have the contract’s members', async () => {
  const tenant = await newTenant({ scopes })
  const { client, authenticator } = tenant
  const begun = await client.passkeys.register.begin({ username: 'ada', displayName: 'Ada L.' })
  expect(begun).toEqual({
    ceremonyId: expect.any(String),
    expiresAt: datetime,
    publicKey: {
      rp: { id: new URL(baseUrl).hostname, name: tenant.tenant.name },
      user: { id: base64url, name: 'ada', displayName: 'Ada L.' },
      challenge: base64url,
      pubKeyCredParams: [-8, -7, -257].map((alg) => ({ type: 'public-key', alg })),
    },
  })
  const registered = await client.passkeys.register.finish({
    ceremonyId: begun.ceremonyId,
    credential: authenticator.create(begun.publicKey),
  })
  const user = { id: expect.any(String), username: 'ada', displayName: 'Ada L.' }
  const passkey = {
    id: expect.any(String),
    credentialId: authenticator.credentials.list()[0]?.id,
    name: 'Passkey on one device',
    aaguid: '00000000-0000-0000-0000-000000000000',
    provider: null,
    deviceType: 'singleDevice',
    backedUp: false,
    transports: ['internal'],
    algorithm: -8,
    attestation: { format: 'none', trusted: false, source: null, root: null, status: [], description: null },
    signCount: 0,
    createdAt: datetime,
    lastUsedAt: null,
  }
  expect(registered).toEqual({ user, passkey, checks: expect.any(Array) })

  const requested = await client.passkeys.authenticate.begin({ username: 'ada' })
  expect(requested).toEqual({
    ceremonyId: expect.any(String),
    expiresAt: datetime,
    publicKey: {
      challenge: base64url,
      rpId: new URL(baseUrl).hostname,
      allowCredentials: [{ type: 'public-key', id: registered.passkey.credentialId, transports: ['internal'] }],
    },
  })
  const signedIn = await client.passkeys.authenticate.finish({
    ceremonyId: requested.ceremonyId,
    credential: authenticator.get(requested.publicKey),
  })
  expect(signedIn).toEqual({
    token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    tokenType: 'Bearer',
    expiresIn: 3600,
    user: registered.user,
    passkey: { ...registered.passkey, signCount: 1, lastUsedAt: datetime },
    tenant: { id: tenant.tenant.id, name: tenant.tenant.name },
    checks: expect.any(Array),
  })
  expect(await client.passkeys.list()).toEqual({ data: [signedIn.passkey], nextCursor: null })
})

test('the passkey of an answer is the one that is kept, to the millisecond', async () => {
  const tenant = await newTenant({ scopes })
  const { passkey } = await attemptRegistration(tenant)
  expect((await tenant.client.passkeys.list()).data).toEqual([passkey])
  for (let use = 0; use < 10; use++) {
    const signedIn = await attemptSignIn(tenant)
    expect((await tenant.client.passkeys.list()).data).toEqual([signedIn.passkey])
  }
})

test('a synced passkey says so, and is named for its provider', async () => {
  const tenant = await newTenant({ scopes })
  const create = {
    flags: { be: true, bs: true },
    credential: { aaguid: 'fbfc3007-154e-4ecc-8c0b-6e020557d7bd' },
  }
  const { passkey } = await attemptRegistration(tenant, { create })
  expect(passkey).toMatchObject({ deviceType: 'multiDevice', backedUp: true })
  expect(passkey.provider).toEqual(expect.any(String))
  expect(passkey.name).toBe(passkey.provider)
})

test('the tenant’s answer has the contract’s members', async () => {
  const { client, tenant, key } = await newTenant()
  expect(await client.tenant()).toEqual({
    tenant: { id: tenant.id, name: tenant.name, slug: tenant.slug },
    environment: 'test',
    key: {
      id: key.id,
      name: key.name,
      type: 'test',
      hint: key.hint,
      scopes: passkeyScopes,
      tier: 'standard',
      expiresAt: null,
    },
    relyingParty: { id: new URL(baseUrl).hostname, name: tenant.name, origins: [baseUrl] },
    limits: { requestsPerMinute: 100, concurrent: 5 },
  })
})

test('the answers about OAuth clients have the contract’s members', async () => {
  const { client } = await newTenant({ scopes: ['oauth:manage'] })
  const { clientSecret, ...view } = await client.oauthClients.create({
    name: 'App',
    type: 'confidential',
    redirectUris: ['https://app.example/cb'],
    scopes: ['profile', 'openid'],
  })
  expect(clientSecret).toMatch(/^cs_[0-9A-Za-z]{43}$/)
  const secret = { id: expect.stringMatching(/^sec_/), hint: `cs_…${clientSecret?.slice(-4)}`, createdAt: datetime }
  expect(view).toEqual({
    clientId: expect.stringMatching(/^cli_[0-9A-Za-z]{14}$/),
    name: 'App',
    type: 'confidential',
    environment: 'test',
    redirectUris: ['https://app.example/cb'],
    postLogoutRedirectUris: null,
    scopes: ['openid', 'profile'],
    grants: ['authorization_code', 'refresh_token'],
    optionalScopes: [],
    dpopRequired: false,
    logoUrl: null,
    createdAt: datetime,
    secrets: [secret],
  })
  expect(await client.oauthClients.read(view.clientId)).toEqual(view)
  expect(await client.oauthClients.list()).toEqual({ data: [view], nextCursor: null })
  const { clientSecret: second = '', ...added } = await client.oauthClients.addSecret(view.clientId)
  expect(added).toEqual({ id: expect.stringMatching(/^sec_/), hint: `cs_…${second.slice(-4)}`, createdAt: datetime })
  expect((await client.oauthClients.read(view.clientId)).secrets).toEqual([view.secrets[0], added])
  const publicOne = await client.oauthClients.create({
    name: 'SPA',
    type: 'public',
    redirectUris: ['https://app.example/cb'],
    scopes: ['openid'],
  })
  expect(Object.keys(publicOne).sort()).toEqual(Object.keys(view).sort())
  expect(publicOne.secrets).toEqual([])
})

test('a refusal has the members of a problem, its code’s title, and the checks', async () => {
  const tenant = await newTenant()
  await attemptRegistration(tenant)
  expect(await refusal(attemptSignIn(tenant, { get: { signature: flipped } }))).toEqual({
    type: `${baseUrl}/docs/errors#verification_failed`,
    title: 'The credential did not verify',
    status: 401,
    detail: expect.any(String),
    code: 'verification_failed',
    requestId: expect.any(String),
    checks: expect.any(Array),
  })
})
