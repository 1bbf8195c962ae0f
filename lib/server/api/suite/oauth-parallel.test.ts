import { beforeAll, describe, expect, test } from 'vitest'
import { mpcResource } from '#lib/contract/oauth-resources.ts'
import { baseUrl, expectProblem, request } from './harness.ts'
import { approveDevice } from './oauth-forms.ts'
import { OAuthBrowser } from './oauth-harness.ts'
import {
  type App,
  apiUrl,
  askToken,
  authorizationUrl,
  callApi,
  claimsOf,
  elsewhere,
  expectOAuthError,
  newApp,
  newCode,
  newTokens,
  post,
  type Tokens,
  tokensIn,
  within5s,
} from './oauth-test-clients.ts'

// Many at once, in two processes: what is for once is answered once, and whoever did nothing wrong loses nothing.

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code'

let app: App
let browser: OAuthBrowser
beforeAll(async () => {
  app = await newApp({ grants: ['authorization_code', 'refresh_token', deviceGrant] })
  browser = new OAuthBrowser()
})

/** The token endpoint's answers to one request many times at once, by turns in one process and the other. */
function atOnce(times: number, fieldsOf: (turn: number) => Record<string, string>) {
  return Promise.all(
    Array.from({ length: times }, async (_, turn) => {
      const response = await (turn % 2 ? elsewhere : request)(`${baseUrl}/oauth/token`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ client_id: app.clientId, ...fieldsOf(turn) }).toString(),
      })
      const text = await response.text()
      return { status: response.status, headers: response.headers, text, body: JSON.parse(text) }
    }),
  )
}

const refresh = ({ refresh_token }: Tokens, resource = apiUrl) => ({
  grant_type: 'refresh_token',
  refresh_token,
  resource,
})

/** That of many answers one gave tokens, and the others said why not. */
function onlyOne(answers: Awaited<ReturnType<typeof atOnce>>): Tokens {
  const given = answers.filter(({ status }) => status === 200)
  expect(given).toHaveLength(1)
  for (const answer of answers.filter(({ status }) => status !== 200)) expectOAuthError(answer, [400, 'invalid_grant'])
  return given[0]?.body
}

describe('redeemed fifty times at once', () => {
  test('a code gives tokens once, which end since it was stolen', async () => {
    const fields = { ...(await newCode(app, browser, { resource: apiUrl })), resource: apiUrl }
    const tokens = onlyOne(await atOnce(50, () => fields))
    expectOAuthError(await askToken(app, refresh(tokens)), [400, 'invalid_grant'])
    await within5s(async () => expectProblem(await callApi(tokens.access_token), [401, 'token_invalid']))
  })

  test('a device code gives tokens once', async () => {
    const device = await post('/oauth/device', {
      client_id: app.clientId,
      scope: 'openid account:read',
      resource: apiUrl,
    })
    await approveDevice(browser, device.body.user_code)
    const fields = { grant_type: deviceGrant, device_code: device.body.device_code, resource: apiUrl }
    onlyOne(await atOnce(50, () => fields))
    expectOAuthError(await askToken(app, fields), [400, 'invalid_grant'])
  })

  test('a refresh token has one successor, which all are given', async () => {
    const tokens = await newTokens(app, browser)
    const answers = await atOnce(50, () => refresh(tokens))
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200))
    expect(new Set(answers.map(({ body }) => body.refresh_token)).size).toBe(1)
    expect(answers[0]?.body.refresh_token).not.toBe(tokens.refresh_token)
  })

  test('a pushed request gives one code', async () => {
    const { url } = await authorizationUrl(app)
    const { body } = await post('/oauth/par', Object.fromEntries(new URL(url).searchParams))
    const address = `${baseUrl}/oauth/authorize?${new URLSearchParams({ client_id: app.clientId, request_uri: body.request_uri })}`
    const answers = await Promise.all(Array.from({ length: 20 }, () => browser.fetch(address)))
    const codes = answers.filter(({ headers }) => headers.get('location')?.includes('code='))
    expect(codes).toHaveLength(1)
    for (const { status } of answers.filter((answer) => !codes.includes(answer))) expect([303, 400]).toContain(status)
  })
})

test('tabs that refresh at once, turn after turn, all go on and nobody is logged out', async () => {
  let tokens = await newTokens(app, browser)
  for (let turn = 0; turn < 3; turn++) {
    const answers = await atOnce(20, () => refresh(tokens))
    const next = answers.map(tokensIn)
    expect(new Set(next.map(({ refresh_token }) => refresh_token)).size).toBe(1)
    tokens = next[0] as Tokens
  }
  expect((await callApi(tokens.access_token)).status).toBe(200)
  expect((await askToken(app, refresh(tokens))).status).toBe(200)
})

test('whoever lost an answer and asks another process for it gets the same successor, and a token that is good', async () => {
  const tokens = await newTokens(app, browser)
  const first = tokensIn(await askToken(app, refresh(tokens)))
  const again = await elsewhere(`${baseUrl}/oauth/token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ client_id: app.clientId, ...refresh(tokens) }).toString(),
  })
  const second = (await again.json()) as Tokens
  expect([again.status, second.refresh_token]).toEqual([200, first.refresh_token])
  expect((await callApi(second.access_token)).status).toBe(200)
  expect((await askToken(app, refresh(second))).status).toBe(200)
})

test('each gets the resource that it asked for, and the same successor', async () => {
  const { url, verifier } = await authorizationUrl(app, { scope: 'openid account:read mpc:sign', resource: apiUrl })
  const back = await browser.authorize(`${url}&resource=${encodeURIComponent(mpcResource)}`)
  const code = { code: back.searchParams.get('code') ?? '', code_verifier: verifier }
  const redirect_uri = `${back.origin}${back.pathname}`
  const first = tokensIn(
    await askToken(app, { grant_type: 'authorization_code', ...code, redirect_uri, resource: apiUrl }),
  )
  const resources = [apiUrl, mpcResource]
  const answers = await atOnce(20, (turn) => refresh(first, resources[(turn >> 1) % 2]))
  const next = answers.map(tokensIn)
  expect(new Set(next.map(({ refresh_token }) => refresh_token)).size).toBe(1)
  const audiences = next.map(({ access_token }) => claimsOf(access_token).aud)
  expect(audiences).toEqual(Array.from({ length: 20 }, (_, turn) => [apiUrl, 'mpc-server:test'][(turn >> 1) % 2]))
  const { refresh_token } = next[0] as Tokens
  expect((await askToken(app, refresh({ ...first, refresh_token }, mpcResource))).status).toBe(200)
})

test('sign-ins of many people at once are each their own', async () => {
  const people = Array.from({ length: 8 }, (_, at) => ({ username: `user-${at}` }))
  const tokens = await Promise.all(
    people.map((person) => newTokens(app, new OAuthBrowser(), { scope: 'openid profile' }, person)),
  )
  const subjects = tokens.map(({ id_token }) => claimsOf(id_token).sub)
  expect(new Set(subjects).size).toBe(people.length)
})
