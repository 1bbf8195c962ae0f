import { beforeAll, expect, test } from 'vitest'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { database } from '../../db/database.ts'
import { attemptRegistration, attemptSignIn } from './ceremonies-harness.ts'
import { baseUrl, expectProblem, newTenant, passkeyScopes, refusal, refusedWith, register } from './harness.ts'
import { sendAs } from './keys-harness.ts'
import { OAuthBrowser } from './oauth-harness.ts'
import {
  apiUrl,
  askToken,
  callApi,
  expectOAuthError,
  newApp,
  newCode,
  newService,
  tokensIn,
  within5s,
} from './oauth-test-clients.ts'

// A tenant's users: listed, found by their names, read, deleted with all that their passkeys opened.

type Tenant = Awaited<ReturnType<typeof newTenant>>
const managing = [...passkeyScopes, 'passkeys:manage' as const]
const someone = () => new SoftwareAuthenticator({ origin: baseUrl })

/** The two walls: between tenants, and between the environments of one tenant. */
const walls = ['another tenant', 'the other environment'] as const

const names = ['ada', 'adam', 'Ada', 'ad%', 'ad_', 'éa', 'zoë']
let home: Tenant
const beyond = {} as Record<(typeof walls)[number], Tenant['client']>

beforeAll(async () => {
  home = await newTenant({ scopes: managing })
  beyond['another tenant'] = (await newTenant({ scopes: managing })).client
  beyond['the other environment'] = (await home.addKey('live', managing)).client
  for (const name of names) await register(home.client, home.authenticator, name)
})

test('users are listed newest first, a page at a time', async () => {
  const { users } = home.client
  const listed: string[] = []
  for await (const { username } of users.list({ limit: 2 })) listed.push(username)
  expect(listed).toEqual(names.toReversed())
  expect((await users.list({ limit: 7 })).nextCursor).toBeNull()
  expect((await users.list({ limit: 1 })).data).toEqual([
    {
      id: expect.stringMatching(/^usr_/),
      username: 'zoë',
      displayName: 'zoë',
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      lastUsedAt: null,
      passkeyCount: 1,
    },
  ])
})

test.each([
  ['ad', ['ad%', 'ad_', 'ada', 'adam']],
  ['Ad', ['Ada']],
  ['ada', ['ada', 'adam']],
  ['adam', ['adam']],
  ['ad%', ['ad%']],
  ['ad_', ['ad_']],
  // As an e with an accent behind it: the name is kept in one character.
  ['e\u0301', ['éa']],
  ['zoe\u0308', ['zoë']],
  ['e', []],
  ['da', []],
])('by the beginning %j are found, by name, %j', async (username, found) => {
  const listed: string[] = []
  for await (const user of home.client.users.list({ username, limit: 1 })) listed.push(user.username)
  expect(listed).toEqual(found)
})

test('what is no beginning of a name, and no cursor of this list, is refused', async () => {
  const { users } = home.client
  const [newest, byName] = [await users.list({ limit: 1 }), await users.list({ limit: 1, username: 'ad' })]
  for (const query of [
    { username: '' },
    { username: 'x'.repeat(65) },
    { cursor: 'x' },
    { cursor: home.tenant.id },
    { cursor: Buffer.from('{}').toString('base64url') },
    { cursor: byName.nextCursor ?? '' },
    { username: 'ad', cursor: newest.nextCursor ?? '' },
  ]) {
    const { status, issues } = await refusal(users.list(query))
    expect([status, issues?.[0]?.path], JSON.stringify(query)).toEqual([400, Object.keys(query).at(-1)])
  }
  expect((await users.list({ username: 'ad', cursor: byName.nextCursor ?? '', limit: 1 })).data).toHaveLength(1)
})

test('a list goes on where somebody it came by is deleted meanwhile', async () => {
  const { client, authenticator } = await newTenant({ scopes: managing })
  for (const name of ['ada', 'adam', 'adele']) await register(client, authenticator, name)
  for (const query of [{ limit: 1 }, { limit: 1, username: 'ad' }]) {
    const seen: string[] = []
    for await (const { id, username } of client.users.list(query)) {
      seen.push(username)
      if (username === 'adam') await client.users.delete(id)
      if (username === 'adam') await register(client, authenticator, 'adam')
    }
    expect(new Set(seen)).toEqual(new Set(['ada', 'adam', 'adele']))
  }
})

test('a user is read with their passkeys, and when one was last used', async () => {
  const tenant = await newTenant({ scopes: managing })
  const { user, passkey } = await attemptRegistration(tenant)
  const second = await attemptRegistration({ client: tenant.client, authenticator: someone() })
  const { passkey: used } = await attemptSignIn(tenant)
  const { users, passkeys } = tenant.client
  const read = await users.get(user.id)
  const { createdAt } = read
  expect(read).toEqual({
    ...{ ...user, createdAt, lastUsedAt: used.lastUsedAt, passkeyCount: 2 },
    passkeys: (await passkeys.list()).data,
  })
  expect(read.passkeys.map(({ id }) => id)).toEqual([passkey.id, second.passkey.id])
  const { passkeys: _, ...listed } = read
  expect((await users.list()).data).toEqual([listed])
})

test.each(walls)('%s lists, finds, reads and deletes none of a tenant’s users', async (wall) => {
  const [ada] = (await home.client.users.list({ username: 'ada' })).data
  const { users } = beyond[wall]
  expect(await users.list()).toEqual({ data: [], nextCursor: null })
  expect(await users.list({ username: 'ada' })).toEqual({ data: [], nextCursor: null })
  const before = await home.stored()
  for (const call of [users.get, users.delete]) {
    const [foreign, none] = [await refusal(call(ada?.id ?? '')), await refusal(call('usr_00000000000000'))]
    expect({ ...foreign, requestId: '' }).toEqual({ ...none, requestId: '' })
    expect(foreign.code).toBe('not_found')
  }
  expect(await home.stored()).toEqual(before)
  expect((await home.client.users.get(ada?.id ?? '')).username).toBe('ada')
})

test('an app that acts for a user sees and deletes nobody; one that acts for itself does what a key does', async () => {
  const app = await newApp()
  const code = await newCode(app, new OAuthBrowser(), { scope: 'passkeys:manage', resource: apiUrl })
  const { access_token: ofUser } = tokensIn(await askToken(app, { ...code, resource: apiUrl }))
  const service = await newService({ tenantId: app.tenantId, scopes: ['passkeys:manage'] })
  const own = await askToken(service, {
    ...{ grant_type: 'client_credentials', scope: 'passkeys:manage', resource: apiUrl },
  })
  const { access_token: ofService } = tokensIn(own)
  const { body } = await callApi(ofService, '/v1/users')
  expect(body.data.map(({ username }: { username: string }) => username)).toEqual(['ada'])
  const path = `/v1/users/${body.data[0].id}`
  expect((await callApi(ofUser, '/v1/passkeys')).status).toBe(200)
  for (const [method, where] of [
    ['GET', '/v1/users'],
    ['GET', path],
    ['DELETE', path],
  ] as const) {
    const refused = await callApi(ofUser, where, { method })
    expectProblem(refused, [403, 'insufficient_scope'])
  }
  expect((await callApi(ofService, path)).status).toBe(200)
  expect((await callApi(ofService, path, { method: 'DELETE' })).status).toBe(204)
})

test('with a user everything goes that they could come with, and nothing of anybody else', async () => {
  const tenant = await newTenant({ scopes: managing })
  const { client } = tenant
  const app = await newApp({ tenantId: tenant.tenant.id })
  const [ada, grace] = await Promise.all(
    ['ada', 'grace'].map(async (username) => {
      const browser = new OAuthBrowser()
      const ask = { scope: 'openid offline_access usage:read', prompt: 'consent', resource: apiUrl }
      const tokens = tokensIn(
        await askToken(app, { ...(await newCode(app, browser, ask, { username })), resource: apiUrl }),
      )
      const party = { client, authenticator: browser.authenticator }
      const { token: userToken, user } = await attemptSignIn(party, { username })
      const spare = someone()
      await attemptRegistration({ client, authenticator: spare }, { username, userToken })
      const adding = await client.passkeys.register.begin({ username }, { userToken })
      return { browser, tokens, userToken, user, party, adding, unused: await newCode(app, browser, ask, { username }) }
    }),
  )
  if (!ada || !grace) throw new Error('two people sign in')
  const signingIn = await client.passkeys.authenticate.begin()
  const assertion = ada.party.authenticator.get(signingIn.publicKey)

  await client.users.delete(ada.user.id)

  expect(await refusedWith(client.users.get(ada.user.id))).toEqual([404, 'not_found'])
  expect(await refusedWith(client.users.delete(ada.user.id))).toEqual([404, 'not_found'])
  const finished = client.passkeys.authenticate.finish({ ceremonyId: signingIn.ceremonyId, credential: assertion })
  expect((await refusal(finished)).code).toBe('verification_failed')
  for (const { userToken, adding, expected } of [
    { ...ada, expected: ['token_invalid', 'ceremony_unknown'] },
    { ...grace, expected: ['ok', 'ok'] },
  ]) {
    const credential = someone().create(adding.publicKey)
    const tries = [
      client.passkeys.list({}, { userToken }),
      client.passkeys.register.finish({ ceremonyId: adding.ceremonyId, credential }),
    ]
    const codes = tries.map((call) => call.then(() => 'ok').catch(({ code }) => code))
    expect(await Promise.all(codes)).toEqual(expected)
  }

  const refresh = ({ refresh_token }: typeof ada.tokens) =>
    askToken(app, { grant_type: 'refresh_token', refresh_token })
  expectOAuthError(await askToken(app, ada.unused), [400, 'invalid_grant'])
  expectOAuthError(await refresh(ada.tokens), [400, 'invalid_grant'])
  expect((await askToken(app, grace.unused)).status).toBe(200)
  expect((await refresh(grace.tokens)).status).toBe(200)
  const account = ({ browser }: typeof ada) =>
    browser.fetch(`/account/api/grants/${app.clientId}`, { method: 'DELETE' }).then(({ status }) => status)
  expect([await account(ada), await account(grace)]).toEqual([401, 204])
  await within5s(async () => expectProblem(await callApi(ada.tokens.access_token), [401, 'token_invalid']))

  const db = await database()
  const where = { userId: ada.user.id }
  expect([await db.oAuthRecord.count({ where }), await db.oAuthConsent.count({ where })]).toEqual([0, 0])
  expect((await client.users.list()).data.map(({ username }) => username)).toEqual(['grace'])

  // Whoever takes the name is somebody else.
  expect((await register(client, someone(), 'ada')).user.id).not.toBe(ada.user.id)
})

test('a deletion is written into the audit log, by whom and with what ended; one that is refused is not', async () => {
  const tenant = await newTenant({ scopes: managing })
  const { user, passkey } = await attemptRegistration(tenant)
  const { id: keyId, secret } = await tenant.addKey('test', passkeyScopes)
  const events = async () =>
    (await database()).auditEvent.findMany({ where: { tenantId: tenant.tenant.id, action: 'user.deleted' } })
  expectProblem(await sendAs(secret, 'DELETE', `/v1/users/${user.id}`), [403, 'insufficient_scope'])
  expect(await events()).toEqual([])
  const { id } = await tenant.addKey('test', managing)
  expect(id).not.toBe(keyId)
  await tenant.client.users.delete(user.id)
  expect(await events()).toEqual([
    expect.objectContaining({
      ...{ actorType: 'key', actorId: tenant.key.id, environment: 'test', targetId: user.id, targetName: 'ada' },
      before: JSON.stringify({ username: 'ada', displayName: 'ada', passkeys: [passkey.name] }),
      after: JSON.stringify({ sessionsEnded: 0, grantsEnded: 0 }),
    }),
  ])
})
