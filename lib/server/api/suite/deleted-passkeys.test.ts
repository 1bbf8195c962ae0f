import { beforeAll, describe, expect, test } from 'vitest'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { database } from '../../db/database.ts'
import { attemptRegistration, attemptSignIn } from './ceremonies-harness.ts'
import { baseUrl, expectProblem, newTenant, passkeyScopes, refusedWith, send } from './harness.ts'
import { OAuthBrowser } from './oauth-harness.ts'
import {
  type App,
  apiUrl,
  askToken,
  authorizationUrl,
  callApi,
  expectErrorPage,
  expectOAuthError,
  newApp,
  newService,
  post,
  redirectUri,
  type Tokens,
  tokensIn,
  within5s,
} from './oauth-test-clients.ts'

// What a passkey opened ends with it; what the user's other passkey opened goes on.

type Tenant = Awaited<ReturnType<typeof adaWithTwo>>

/** A user with two passkeys, of which the first is lost. */
async function adaWithTwo() {
  const tenant = await newTenant()
  const { client: manager } = await tenant.addKey('test', [...passkeyScopes, 'passkeys:manage'])
  const second = new SoftwareAuthenticator({ origin: baseUrl })
  const lost = await attemptRegistration(tenant)
  const kept = await attemptRegistration({ client: manager, authenticator: second })
  return { ...tenant, manager, second, lost: lost.passkey.id, kept: kept.passkey.id }
}

const tokensOf = async ({ client, authenticator, second }: Tenant) => ({
  lost: (await attemptSignIn({ client, authenticator })).token,
  kept: (await attemptSignIn({ client, authenticator: second })).token,
})

describe('the token of a passkey that was deleted', () => {
  const spare = () => new SoftwareAuthenticator({ origin: baseUrl })

  test('adds, lists, renames and deletes nothing, while that of another goes on', async () => {
    const tenant = await adaWithTwo()
    const { client, manager } = tenant
    const tokens = await tokensOf(tenant)
    await manager.passkeys.delete(tenant.lost)
    const before = await tenant.stored()
    const userToken = tokens.lost
    const calls = [
      () => attemptRegistration({ client, authenticator: spare() }, { userToken }),
      () => attemptRegistration({ client, authenticator: spare() }, { userToken, username: 'new' }),
      () => client.passkeys.list({}, { userToken }),
      () => client.passkeys.rename(tenant.kept, 'mine', { userToken }),
      () => client.passkeys.delete(tenant.kept, { userToken }),
    ]
    for (const call of calls) expect(await refusedWith(call())).toEqual([401, 'token_invalid'])
    expect(await tenant.stored()).toEqual(before)
    await attemptRegistration({ client, authenticator: spare() }, { userToken: tokens.kept })
    expect((await client.passkeys.list({}, { userToken: tokens.kept })).data).toHaveLength(2)
  })

  test('deletes its own passkey, and then nothing more', async () => {
    const tenant = await adaWithTwo()
    const { lost: userToken } = await tokensOf(tenant)
    await tenant.client.passkeys.delete(tenant.lost, { userToken })
    expect(await refusedWith(tenant.client.passkeys.delete(tenant.kept, { userToken }))).toEqual([401, 'token_invalid'])
    expect((await tenant.stored()).passkeys.map(({ id }) => id)).toEqual([tenant.kept])
  })

  test('does not finish what it began', async () => {
    const tenant = await adaWithTwo()
    const tokens = await tokensOf(tenant)
    const begin = (userToken: string) => tenant.client.passkeys.register.begin({ username: 'ada' }, { userToken })
    const [mine, theirs] = [await begin(tokens.kept), await begin(tokens.lost)]
    const finish = ({ ceremonyId, publicKey }: typeof mine) =>
      tenant.client.passkeys.register.finish({ ceremonyId, credential: spare().create(publicKey) })
    await tenant.manager.passkeys.delete(tenant.lost)
    const before = await tenant.stored()
    expect(await refusedWith(finish(theirs))).toEqual([401, 'token_invalid'])
    expect(await tenant.stored()).toEqual(before)
    expect((await finish(mine)).user.username).toBe('ada')
  })
})

/** Signs Ada in to an app with one of her passkeys, and allows what it asks for. */
async function signInTo(app: App, authenticator: SoftwareAuthenticator, browser = new OAuthBrowser()) {
  Object.assign(browser, { authenticator })
  const scope = 'openid offline_access passkeys:manage account:read'
  const { url, verifier } = await authorizationUrl(app, { scope, prompt: 'consent', resource: apiUrl })
  const uid = await browser.arrive(url)
  const { address } = await browser.follow((await browser.signIn(uid, 'ada')).location)
  const code = { grant_type: 'authorization_code', code: address.searchParams.get('code') ?? '' }
  return { browser, code: { ...code, redirect_uri: redirectUri, code_verifier: verifier } }
}

const refresh = (app: App, { refresh_token }: Tokens) => askToken(app, { grant_type: 'refresh_token', refresh_token })

const silently = async (app: App, browser: OAuthBrowser) => {
  const { url } = await authorizationUrl(app, { prompt: 'none', resource: apiUrl })
  return (await browser.authorize(url)).searchParams
}

describe.each([
  ['a key that manages passkeys', (tenant: Tenant) => tenant.manager.passkeys.delete(tenant.lost)],
  [
    'the user’s own token',
    async (tenant: Tenant) => {
      const { kept: userToken } = await tokensOf(tenant)
      await tenant.client.passkeys.delete(tenant.lost, { userToken })
    },
  ],
])('a passkey that is deleted by %s', (_name, deleteLost) => {
  let tenant: Tenant
  let app: App
  let service: App
  beforeAll(async () => {
    tenant = await adaWithTwo()
    app = await newApp({ tenantId: tenant.tenant.id })
    service = await newService({ tenantId: tenant.tenant.id })
  })

  test('ends sessions, codes, grants and their tokens; those of another passkey go on', async () => {
    const authenticators = [tenant.authenticator, tenant.second]
    const [lost, kept] = await Promise.all(
      authenticators.map(async (authenticator) => {
        const { browser, code } = await signInTo(app, authenticator)
        const tokens = tokensIn(await askToken(app, { ...code, resource: apiUrl }))
        const { code: ofService } = await signInTo(service, authenticator)
        const secret = tokensIn(await askToken(service, ofService))
        const { code: unused } = await signInTo(app, authenticator)
        return { browser, tokens, secret, unused }
      }),
    )
    if (!lost || !kept) throw new Error('two passkeys sign in')
    await deleteLost(tenant)

    expect((await silently(app, lost.browser)).get('error')).toBe('login_required')
    expect((await silently(app, kept.browser)).has('code')).toBe(true)
    expect((await lost.browser.fetch(`/account/api/grants/${app.clientId}`, { method: 'DELETE' })).status).toBe(401)

    expectOAuthError(await askToken(app, lost.unused), [400, 'invalid_grant'])
    expect((await askToken(app, kept.unused)).status).toBe(200)

    for (const [by, one, other] of [
      [app, lost.tokens, kept.tokens],
      [service, lost.secret, kept.secret],
    ] as const) {
      expectOAuthError(await refresh(by, one), [400, 'invalid_grant'])
      expect((await refresh(by, other)).status).toBe(200)
    }

    const introspect = async (token: string) =>
      (
        await post('/oauth/introspect', {
          client_id: service.clientId,
          client_secret: service.clientSecret ?? '',
          token,
        })
      ).body.active
    expect(await introspect(lost.secret.access_token)).toBe(false)
    expect(await introspect(lost.secret.refresh_token)).toBe(false)
    expect(await introspect(kept.secret.access_token)).toBe(true)
    const userinfo = (token: string) =>
      send('GET', '/oauth/userinfo', { headers: { Authorization: `Bearer ${token}` } })
    expect((await userinfo(lost.secret.access_token)).status).toBe(401)
    expect((await userinfo(kept.secret.access_token)).status).toBe(200)

    await within5s(async () => expectProblem(await callApi(lost.tokens.access_token), [401, 'token_invalid']))
    expect((await callApi(kept.tokens.access_token)).status).toBe(200)

    const db = await database()
    const where = { tenantId: tenant.tenant.id, action: 'passkey.deleted' }
    const { after } = await db.auditEvent.findFirstOrThrow({ where })
    expect(JSON.parse(after ?? '')).toEqual({ sessionsEnded: 3, grantsEnded: 3 })
    expect(await db.oAuthRecord.count({ where: { passkeyId: tenant.lost } })).toBe(0)
  })
})

test('an access token manages nobody’s passkeys from the moment that its own is deleted', async () => {
  const tenant = await adaWithTwo()
  const app = await newApp({ tenantId: tenant.tenant.id })
  const tokenOf = async (authenticator: SoftwareAuthenticator) => {
    const { code } = await signInTo(app, authenticator)
    return tokensIn(await askToken(app, { ...code, resource: apiUrl })).access_token
  }
  const [lost, kept] = [await tokenOf(tenant.authenticator), await tokenOf(tenant.second)]
  // What is known of the token's grant is fresh for some seconds.
  expect((await callApi(lost, '/v1/passkeys')).body.data).toHaveLength(2)
  await tenant.manager.passkeys.delete(tenant.lost)
  const before = await tenant.stored()
  expectProblem(await callApi(lost, '/v1/passkeys'), [401, 'token_invalid'])
  expectProblem(await callApi(lost, `/v1/passkeys/${tenant.kept}`, { method: 'DELETE' }), [401, 'token_invalid'])
  expect(await tenant.stored()).toEqual(before)
  expect((await callApi(kept, '/v1/passkeys')).body.data).toHaveLength(1)
})

test('a sign-in that waits is over where its passkey was deleted meanwhile', async () => {
  const tenant = await adaWithTwo()
  const app = await newApp({ tenantId: tenant.tenant.id })
  const waiting = async (authenticator: SoftwareAuthenticator) => {
    const browser = new OAuthBrowser()
    Object.assign(browser, { authenticator })
    const uid = await browser.arrive((await authorizationUrl(app)).url)
    return { browser, ...(await browser.signIn(uid, 'ada')) }
  }
  const [lost, kept] = [await waiting(tenant.authenticator), await waiting(tenant.second)]
  await tenant.manager.passkeys.delete(tenant.lost)
  await expectErrorPage(await lost.browser.fetch(lost.location), 'invalid_request')
  expect((await kept.browser.follow(kept.location)).address.searchParams.has('code')).toBe(true)
})

test('a consent that is asked for is not given where the passkey was deleted meanwhile', async () => {
  const tenant = await adaWithTwo()
  const app = await newApp({ tenantId: tenant.tenant.id })
  const asked = async (authenticator: SoftwareAuthenticator) => {
    const browser = new OAuthBrowser()
    Object.assign(browser, { authenticator })
    const uid = await browser.arrive((await authorizationUrl(app)).url)
    const { location } = await browser.signIn(uid, 'ada')
    return { browser, uid: await browser.arrive(location) }
  }
  const [lost, kept] = [await asked(tenant.authenticator), await asked(tenant.second)]
  await tenant.manager.passkeys.delete(tenant.lost)
  await expect(lost.browser.step(lost.uid, 'allow')).rejects.toMatchObject({
    status: 404,
    problem: { code: 'interaction_unknown' },
  })
  expect((await kept.browser.step(kept.uid, 'allow')).location).toContain(kept.uid)
})

test('a session goes on where its user signed in again, with another passkey', async () => {
  const tenant = await adaWithTwo()
  const app = await newApp({ tenantId: tenant.tenant.id })
  const { browser } = await signInTo(app, tenant.authenticator)
  Object.assign(browser, { authenticator: tenant.second })
  const uid = await browser.arrive((await authorizationUrl(app, { prompt: 'login' })).url)
  await browser.follow((await browser.signIn(uid, 'ada')).location)
  await tenant.manager.passkeys.delete(tenant.lost)
  expect((await silently(app, browser)).has('code')).toBe(true)
  await tenant.manager.passkeys.delete(tenant.kept)
  expect((await silently(app, browser)).get('error')).toBe('login_required')
})

test('with the last passkey its user goes, and what they allowed apps', async () => {
  const tenant = await adaWithTwo()
  const app = await newApp({ tenantId: tenant.tenant.id })
  await signInTo(app, tenant.authenticator)
  const consents = async () => (await database()).oAuthConsent.count({ where: { clientId: app.clientId } })
  expect(await consents()).toBeGreaterThan(0)
  await tenant.manager.passkeys.delete(tenant.kept)
  expect(await consents()).toBeGreaterThan(0)
  await tenant.manager.passkeys.delete(tenant.lost)
  expect(await consents()).toBe(0)
})
