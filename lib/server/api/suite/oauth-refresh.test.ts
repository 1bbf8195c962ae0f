import { beforeAll, describe, expect, test } from 'vitest'
import { mpcResource } from '#lib/contract/oauth-resources.ts'
import { database } from '../../db/database.ts'
import { recordId } from '../../oauth/records.ts'
import { countsInRedis, expectProblem } from './harness.ts'
import { OAuthBrowser } from './oauth-harness.ts'
import {
  type App,
  apiUrl,
  askToken,
  callApi,
  claimsOf,
  clockTurns,
  expectOAuthError,
  newApp,
  newService,
  newTokens,
  type post,
  redirectUri,
  turnClock,
  within5s,
} from './oauth-test-clients.ts'

let app: App
let service: App
let browser: OAuthBrowser
beforeAll(async () => {
  app = await newApp()
  service = await newService({ tenantId: app.tenantId })
  browser = new OAuthBrowser()
})

const refresh = (by: App, refresh_token: string, more: Record<string, string> = {}) =>
  askToken(by, { grant_type: 'refresh_token', refresh_token, resource: apiUrl, ...more })

test('a public client’s refresh token is for once, and a confidential one’s stays', async () => {
  const [own, secret] = [await newTokens(app, browser), await newTokens(service, browser)]
  const first = await refresh(app, own.refresh_token)
  expect(first.body.refresh_token).not.toBe(own.refresh_token)
  expect((await refresh(app, first.body.refresh_token)).status).toBe(200)
  for (let turn = 0; turn < 2; turn++) {
    const { status, body } = await refresh(service, secret.refresh_token)
    expect([status, body.refresh_token]).toEqual([200, secret.refresh_token])
    expect((await callApi(body.access_token)).status).toBe(200)
  }
})

test('a refresh keeps who it is and since when', async () => {
  const { id_token, refresh_token, access_token } = await newTokens(app, browser)
  const { body } = await refresh(app, refresh_token)
  const { sub, auth_time, amr, acr } = claimsOf(id_token)
  expect(claimsOf(body.id_token)).toMatchObject({ sub, auth_time, acr, aud: app.clientId })
  expect(claimsOf(body.access_token)).toMatchObject({ sub, auth_time, amr, acr, aud: apiUrl })
  expect(claimsOf(body.access_token).grant_id).toBe(claimsOf(access_token).grant_id)
})

test('an answer that got lost is asked for again: the same one, and the same successor for another question', async () => {
  const { refresh_token } = await newTokens(app, browser)
  const first = await refresh(app, refresh_token)
  const again = await refresh(app, refresh_token)
  expect(again.status).toBe(200)
  // Another process than the first gives the same successor with an access token of its own.
  if (countsInRedis) expect(again.body.refresh_token).toBe(first.body.refresh_token)
  else expect(again.body).toEqual(first.body)
  const fewer = await refresh(app, refresh_token, { scope: 'openid' })
  expect([fewer.status, fewer.body.refresh_token]).toEqual([200, first.body.refresh_token])
  expect(claimsOf(fewer.body.access_token)).not.toHaveProperty('scope')
  expect((await refresh(app, first.body.refresh_token)).status).toBe(200)
})

/** Lets the ten seconds of a used refresh token pass: where the server's clock is not the test's, in storage. */
async function letGracePass(token: string): Promise<void> {
  if (clockTurns) return turnClock(10_001)
  const [id, consumedAt] = [recordId('RefreshToken', token), new Date(Date.now() - 10_001)]
  await (await database()).oAuthRecord.update({ where: { id }, data: { consumedAt } })
}

test('a used refresh token that comes after ten seconds ends the grant, and another grant goes on', async () => {
  const [stolen, other] = [await newTokens(app, browser), await newTokens(app, browser)]
  const next = (await refresh(app, stolen.refresh_token)).body
  expect((await callApi(next.access_token)).status).toBe(200)
  await letGracePass(stolen.refresh_token)
  expectOAuthError(await refresh(app, stolen.refresh_token), [400, 'invalid_grant'])
  expectOAuthError(await refresh(app, next.refresh_token), [400, 'invalid_grant'])
  await within5s(async () => expectProblem(await callApi(next.access_token), [401, 'token_invalid']))
  expect((await refresh(app, other.refresh_token)).status).toBe(200)
  expect((await callApi(other.access_token)).status).toBe(200)
})

test.runIf(clockTurns)(
  'of a clock that steps back within those ten seconds the same comes again, and further back none',
  async () => {
    const { refresh_token } = await newTokens(app, browser)
    const first = await refresh(app, refresh_token)
    turnClock(-5_000)
    const again = await refresh(app, refresh_token)
    expect([again.status, again.body]).toEqual([200, first.body])
    turnClock(-3_600_000)
    expectOAuthError(await refresh(app, refresh_token), [400, 'invalid_grant'])
    expectOAuthError(await refresh(app, first.body.refresh_token), [400, 'invalid_grant'])
  },
)

test.runIf(clockTurns)('in use a line of refresh tokens lasts 30 days, and no longer', async () => {
  let { refresh_token } = await newTokens(app, browser)
  for (const days of [14, 15.9]) {
    turnClock(days * 86_400_000)
    const answer = await refresh(app, refresh_token)
    expect(answer.status).toBe(200)
    refresh_token = answer.body.refresh_token
  }
  turnClock(0.2 * 86_400_000)
  expectOAuthError(await refresh(app, refresh_token), [400, 'invalid_grant'])
})

describe('a refresh is refused, and the token stays good', () => {
  test.each<[string, (token: string) => ReturnType<typeof post>, string]>([
    [
      'for more scopes than were given',
      (token) => refresh(app, token, { scope: 'openid usage:read' }),
      'invalid_scope',
    ],
    [
      'for a resource that was not asked for',
      (token) => refresh(app, token, { resource: mpcResource }),
      'invalid_target',
    ],
    [
      'for a resource of nobody',
      (token) => refresh(app, token, { resource: 'https://evil.example' }),
      'invalid_target',
    ],
    ['to another client', (token) => refresh(service, token), 'invalid_grant'],
    ['to a client that is none', (token) => refresh({ ...app, clientId: 'cli_nobody' }, token), 'invalid_client'],
    ['cut short', (token) => refresh(app, token.slice(0, -1)), 'invalid_grant'],
    [
      'as a code',
      (code) => askToken(app, { grant_type: 'authorization_code', code, redirect_uri: redirectUri }),
      'invalid_grant',
    ],
  ])('%s', async (_name, ask, error) => {
    const { refresh_token } = await newTokens(app, browser)
    const answer = await ask(refresh_token)
    expectOAuthError(answer, [error === 'invalid_client' ? 401 : 400, error])
    expect(answer.body).not.toHaveProperty('access_token')
    const good = await refresh(app, refresh_token)
    expect([good.status, good.body.scope]).toEqual([200, 'account:read'])
  })

  test('to a client of another tenant', async () => {
    const elsewhere = await newApp()
    const { refresh_token } = await newTokens(app, browser)
    expectOAuthError(await refresh(elsewhere, refresh_token), [400, 'invalid_grant'])
    expect((await refresh(app, refresh_token)).status).toBe(200)
  })
})

test('a client with the grant is given a refresh token, whether it asks for offline_access or not', async () => {
  for (const [scope, prompt] of [
    ['openid account:read', undefined],
    ['account:read', undefined],
    ['openid account:read offline_access', undefined],
    ['openid account:read offline_access', 'consent'],
  ] as const) {
    const tokens = await newTokens(app, browser, { scope, prompt })
    expect((await refresh(app, tokens.refresh_token)).status, `${scope} ${prompt}`).toBe(200)
  }
})

test('a client without the grant is given no refresh token', async () => {
  const plain = await newApp({ tenantId: app.tenantId, grants: ['authorization_code'] })
  const tokens = await newTokens(plain, browser)
  expect(tokens.access_token).toMatch(/./)
  expect(tokens).not.toHaveProperty('refresh_token')
})
