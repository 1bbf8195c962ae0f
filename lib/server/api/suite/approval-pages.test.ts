import { createHash } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Action } from '#lib/contract/action.ts'
import type { ApprovalState } from '#lib/contract/approvals.ts'
import type { AuthenticateBegun } from '#lib/contract/passkeys.ts'
import type { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { listAudit } from '../../audit/audit.ts'
import { database } from '../../db/database.ts'
import { actFor } from '../../tenants/tenants.ts'
import { baseUrl, expectProblem, newTenant, send } from './harness.ts'
import { OAuthBrowser } from './oauth-harness.ts'
import {
  type App,
  askToken,
  authorizationUrl,
  callApi,
  newApp,
  newService,
  newTokens,
  post,
} from './oauth-test-clients.ts'

const action: Action = {
  type: 'mpc.sign',
  keyId: 'mpk_treasury',
  messageHash: createHash('sha256').update('Pay').digest('base64url'),
  display: { title: 'Pay 12.50 USDC to Globex' },
}
const scopes = ['openid', 'usage:read', 'mpc:sign', 'passkeys:authenticate'] as const
const forSigning = { scope: 'openid mpc:sign' }

let app: App
let browser: OAuthBrowser
let token: string
beforeAll(async () => {
  app = await newApp({ scopes: [...scopes] })
  browser = new OAuthBrowser()
  token = (await newTokens(app, browser, forSigning)).access_token
})

const json = { 'Content-Type': 'application/json' }
const ask = (accessToken = token, body: object = { action }, more: Record<string, string> = {}) =>
  callApi(accessToken, '/v1/approvals', { method: 'POST', headers: { ...json, ...more }, body: JSON.stringify(body) })
const asked = async (accessToken = token): Promise<{ id: string; url: string; expiresAt: string }> =>
  (await ask(accessToken)).body
const read = async (id: string, accessToken = token): Promise<ApprovalState> =>
  (await callApi(accessToken, `/v1/approvals/${id}`)).body

/** What the page asks of the server. */
function step(id: string, name: string, body: object = {}, headers: Record<string, string> = { Origin: baseUrl }) {
  const init = { headers: { ...json, ...headers }, body: JSON.stringify(body) }
  return send('POST', `/approval/${id}/api/${name}`, init)
}

/** Whoever holds the authenticator presses Approve. */
async function approve(id: string, authenticator: SoftwareAuthenticator = browser.authenticator) {
  const { ceremonyId, publicKey } = (await step(id, 'begin')).body as AuthenticateBegun
  return step(id, 'finish', { ceremonyId, credential: authenticator.get(publicKey) })
}

const events = async () =>
  (await listAudit(app.tenantId, { limit: 50 })).data.filter(({ action }) => /^approval/.test(action))

test('the app asks, the user approves, and the app is given the approval once', async () => {
  const began = Date.now()
  const { status, body } = await ask()
  expect([status, body]).toEqual([
    201,
    { id: body.id, url: `${baseUrl}/approval/${body.id}`, expiresAt: expect.any(String) },
  ])
  expect(body.id).toMatch(/^apr_[0-9A-Za-z]{24}$/)
  expect(Math.round((Date.parse(body.expiresAt) - began) / 60_000)).toBe(10)
  expect(await read(body.id)).toEqual({ status: 'pending' })
  const answered = await approve(body.id)
  expect([answered.status, answered.text]).toEqual([204, ''])
  const { status: state, approval = '' } = await read(body.id)
  expect(state).toBe('approved')
  expect(decodeProtectedHeader(approval)).toMatchObject({ alg: 'ES256', typ: 'approval+jwt' })
  const claims = decodeJwt(approval)
  expect(claims).toMatchObject({
    action,
    iss: baseUrl,
    aud: 'mpc-server:test',
    sub: decodeJwt(token).sub,
    azp: app.clientId,
    providerTenantId: app.tenantId,
    environment: 'test',
  })
  expect(Number(claims.exp) - Number(claims.iat)).toBe(120)
  expect(await read(body.id)).toEqual({ status: 'approved' })
})

test('the same request with one Idempotency-Key asks the user once', async () => {
  const once = { 'Idempotency-Key': crypto.randomUUID() }
  const { body } = await ask(token, { action }, once)
  expect(await ask(token, { action }, once)).toMatchObject({ status: 201, body })
  const other = { action: { ...action, keyId: 'mpk_other' } }
  expectProblem(await ask(token, other, once), [409, 'idempotency_conflict'])
  expect((await ask()).body.id).not.toBe(body.id)
})

test('of many that fetch it at once, one is given the approval', async () => {
  const { id } = await asked()
  await approve(id)
  const answers = await Promise.all(Array.from({ length: 5 }, () => read(id)))
  expect(answers.filter(({ approval }) => approval)).toHaveLength(1)
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['approved']))
})

test('the user declines, without a passkey, and nothing is approved any more', async () => {
  const { id } = await asked()
  expect((await step(id, 'decline')).status).toBe(204)
  expect(await read(id)).toEqual({ status: 'declined' })
  expectProblem(await step(id, 'begin'), [404, 'approval_unknown'])
  expect(await read(id)).toEqual({ status: 'declined' })
})

test('of two answers at once, one counts', async () => {
  const { id } = await asked()
  const { ceremonyId, publicKey } = (await step(id, 'begin')).body as AuthenticateBegun
  const credential = browser.authenticator.get(publicKey)
  const answers = await Promise.all([
    step(id, 'finish', { ceremonyId, credential }),
    step(id, 'decline'),
    step(id, 'decline'),
  ])
  expect(answers.map(({ status }) => status).sort()).toEqual([204, 404, 404])
  const { status } = await read(id)
  expect(status).toBe(answers[0]?.status === 204 ? 'approved' : 'declined')
})

test('an answer is in the audit log of the tenant, with what was asked', async () => {
  const before = await events()
  const [one, two] = [await asked(), await asked()]
  await approve(one.id)
  await step(two.id, 'decline')
  await step(two.id, 'decline')
  const [declined, given, ...rest] = await events()
  expect(rest).toEqual(before)
  const said = {
    actor: { type: 'client', id: app.clientId, name: 'App' },
    target: { id: decodeJwt(token).sub, name: 'ada' },
    after: { action: 'mpc.sign', keyId: 'mpk_treasury', messageHash: action.messageHash, title: action.display?.title },
  }
  expect(given).toMatchObject({ action: 'approval.given', ...said })
  expect(declined).toMatchObject({ action: 'approval.declined', ...said })
})

describe('an approval is asked for by nobody', () => {
  test('without the scope', async () => {
    const { access_token } = await newTokens(app, browser, { scope: 'openid usage:read' })
    expectProblem(await ask(access_token), [403, 'insufficient_scope'])
  })

  test('whose token is for the MPC server, or is no token', async () => {
    const { access_token } = await newTokens(app, browser, { ...forSigning, resource: 'urn:mpc-server' })
    expectProblem(await ask(access_token), [401, 'token_invalid'])
    const { id } = await asked()
    await approve(id)
    expectProblem(await ask((await read(id)).approval), [401, 'token_invalid'])
  })

  test('with an API key', async () => {
    const { key } = await newTenant({ scopes: ['mpc:sign'] })
    expectProblem(await ask(key.secret), [403, 'user_required'])
    expectProblem(await callApi(key.secret, '/v1/approvals/apr_x'), [403, 'user_required'])
  })

  test('for no user: a client by itself', async () => {
    const service = await newService({ tenantId: app.tenantId, scopes: [...scopes] })
    const { body } = await askToken(service, { grant_type: 'client_credentials' })
    expectProblem(await ask(body.access_token), [403, 'user_required'])
  })

  test('for no action that there is', async () => {
    for (const body of [{}, { action: {} }, { action: { ...action, messageHash: undefined } }, { action, extra: 1 }]) {
      expectProblem(await ask(token, body), [400, 'invalid_request'])
    }
  })
})

describe('an approval is unknown', () => {
  test('to another app, for the same user', async () => {
    const { id } = await asked()
    await approve(id)
    const other = await newApp({ scopes: [...scopes], tenantId: app.tenantId })
    const { access_token } = await newTokens(other, browser, forSigning)
    expectProblem(await callApi(access_token, `/v1/approvals/${id}`), [404, 'not_found'])
    expect((await read(id)).approval).toBeTruthy()
  })

  test('to the same app, for another user', async () => {
    const { id } = await asked()
    const { access_token } = await newTokens(app, new OAuthBrowser(), forSigning, { username: 'grace' })
    expectProblem(await callApi(access_token, `/v1/approvals/${id}`), [404, 'not_found'])
    expect(await read(id)).toEqual({ status: 'pending' })
  })

  test('where it never was', async () => {
    expectProblem(await callApi(token, '/v1/approvals/apr_nothing'), [404, 'not_found'])
    for (const name of ['begin', 'decline']) expectProblem(await step('apr_nothing', name), [404, 'approval_unknown'])
  })
})

describe('an answer is refused', () => {
  test('by another user’s passkey', async () => {
    const { id } = await asked()
    const grace = new OAuthBrowser()
    const { access_token } = await newTokens(app, grace, forSigning, { username: 'hedy' })
    const theirs = await asked(access_token)
    const { publicKey } = (await step(theirs.id, 'begin')).body as AuthenticateBegun
    const { ceremonyId } = (await step(id, 'begin')).body as AuthenticateBegun
    const credential = grace.authenticator.get(publicKey)
    expectProblem(await step(id, 'finish', { ceremonyId, credential }), [401, 'verification_failed'])
    expect(await read(id)).toEqual({ status: 'pending' })
    expect((await approve(id)).status).toBe(204)
  })

  test('without verification of the user', async () => {
    const { id } = await asked()
    const { ceremonyId, publicKey } = (await step(id, 'begin')).body as AuthenticateBegun
    expect(publicKey.userVerification).toBe('required')
    const credential = browser.authenticator.get(publicKey, { flags: { uv: false } })
    expectProblem(await step(id, 'finish', { ceremonyId, credential }), [401, 'verification_failed'])
    expect(await read(id)).toEqual({ status: 'pending' })
  })

  test('that was given to another question', async () => {
    const [one, two] = [await asked(), await asked()]
    const { ceremonyId, publicKey } = (await step(one.id, 'begin')).body as AuthenticateBegun
    const finish = { ceremonyId, credential: browser.authenticator.get(publicKey) }
    expectProblem(await step(two.id, 'finish', finish), [400, 'ceremony_unknown'])
    expect([await read(one.id), await read(two.id)]).toEqual([{ status: 'pending' }, { status: 'pending' }])
  })

  test('from another site, or from none', async () => {
    const { id } = await asked()
    for (const headers of [{ Origin: 'https://evil.example' }, {}] as Record<string, string>[]) {
      for (const name of ['begin', 'decline', 'finish'])
        expectProblem(await step(id, name, {}, headers), [403, 'origin_not_allowed'])
    }
    expect(await read(id)).toEqual({ status: 'pending' })
  })

  test('ten minutes later', async () => {
    const { id } = await asked()
    const { ceremonyId, publicKey } = (await step(id, 'begin')).body as AuthenticateBegun
    const finish = { ceremonyId, credential: browser.authenticator.get(publicKey) }
    await (await database()).approval.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1) } })
    expectProblem(await step(id, 'finish', finish), [404, 'approval_unknown'])
    expectProblem(await step(id, 'decline'), [404, 'approval_unknown'])
    expect(await read(id)).toEqual({ status: 'expired' })
  })
})

test('an approval that nobody fetched is over two minutes after the answer, and so is one whose passkey is gone', async () => {
  const [late, orphan] = [await asked(), await asked()]
  await approve(late.id)
  await approve(orphan.id)
  const db = await database()
  await db.approval.update({ where: { id: late.id }, data: { answeredAt: new Date(Date.now() - 120_000) } })
  await db.approval.update({ where: { id: orphan.id }, data: { passkeyId: 'psk_gone' } })
  expect([await read(late.id), await read(orphan.id)]).toEqual([{ status: 'expired' }, { status: 'expired' }])
})

describe('an assertion for an approval does nothing else', () => {
  test('it does not answer the page, where an API caller asked for it', async () => {
    const { id } = await asked()
    const { access_token } = await newTokens(app, browser, { scope: 'openid passkeys:authenticate' })
    const begun = await callApi(access_token, '/v1/passkeys/authenticate/begin', {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ username: 'ada', action }),
    })
    const { ceremonyId, publicKey } = begun.body as AuthenticateBegun
    const credential = browser.authenticator.get(publicKey)
    expectProblem(await step(id, 'finish', { ceremonyId, credential }), [400, 'ceremony_unknown'])
    expect(await read(id)).toEqual({ status: 'pending' })
  })

  test('it is given to no API caller, where the page asked for it', async () => {
    const { id } = await asked()
    const { access_token } = await newTokens(app, browser, { scope: 'openid passkeys:authenticate' })
    const { ceremonyId, publicKey } = (await step(id, 'begin')).body as AuthenticateBegun
    const finish = { ceremonyId, credential: browser.authenticator.get(publicKey) }
    const answer = await callApi(access_token, '/v1/passkeys/authenticate/finish', {
      method: 'POST',
      headers: json,
      body: JSON.stringify(finish),
    })
    expectProblem(answer, [400, 'ceremony_unknown'])
    expect(await read(id)).toEqual({ status: 'pending' })
  })

  test('it signs nobody in', async () => {
    const { id } = await asked()
    const visitor = new OAuthBrowser()
    const uid = await visitor.arrive((await authorizationUrl(app, forSigning)).url)
    const { ceremonyId, publicKey } = (await step(id, 'begin')).body as AuthenticateBegun
    const finish = { ceremonyId, credential: browser.authenticator.get(publicKey) }
    await expect(visitor.step(uid, 'sign-in/finish', finish)).rejects.toMatchObject({
      status: 400,
      problem: { code: 'ceremony_unknown' },
    })
    expect((await approve(id)).status).toBe(204)
  })
})

test('an approval is asked for in its own environment', async () => {
  const live = await newApp({ environment: 'live', scopes: [...scopes] })
  const visitor = new OAuthBrowser()
  const { access_token } = await newTokens(live, visitor, forSigning)
  const { id } = await asked(access_token)
  expectProblem(await callApi(token, `/v1/approvals/${id}`), [404, 'not_found'])
  expect((await approve(id, visitor.authenticator)).status).toBe(204)
  expect(decodeJwt((await read(id, access_token)).approval ?? '')).toMatchObject({
    aud: 'mpc-server',
    environment: 'live',
    providerTenantId: (await actFor(live.tenantId, 'live')).tenant.id,
  })
})

test('an approval is no token at the authorization server, where the app’s own tokens are', async () => {
  const { id } = await asked()
  await approve(id)
  const { approval = '' } = await read(id)
  const { id_token } = await newTokens(app, browser, forSigning)
  const { access_token: opaque } = await newTokens(app, browser, { scope: 'openid', resource: undefined })
  const userinfo = (accessToken: string) => callApi(accessToken, '/oauth/userinfo')
  expect([(await userinfo(approval)).status, (await userinfo(opaque)).status]).toEqual([401, 200])
  const isActive = async (sent: string) =>
    (await post('/oauth/introspect', { client_id: app.clientId, token: sent })).body.active
  // As every JWT, it is none to introspect.
  expect([await isActive(approval), await isActive(opaque)]).toEqual([undefined, true])
  const signOut = (hint: string) => browser.fetch(`/oauth/logout?${new URLSearchParams({ id_token_hint: hint })}`)
  expect([(await signOut(approval)).status, (await signOut(id_token)).status]).toEqual([400, 200])
})
