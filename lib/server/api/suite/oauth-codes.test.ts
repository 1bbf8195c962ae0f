import { beforeAll, describe, expect, test } from 'vitest'
import { expectProblem, send } from './harness.ts'
import { OAuthBrowser } from './oauth-harness.ts'
import {
  type App,
  apiUrl,
  askToken,
  callApi,
  clockTurns,
  expectOAuthError,
  newApp,
  newCode,
  newService,
  newTokens,
  post,
  type Tokens,
  tokensIn,
  turnClock,
  within5s,
} from './oauth-test-clients.ts'

// RFC 9700 §4.5, RFC 6749 §4.1.2: a code is for once, and for the client that it was made for.

let app: App
let service: App
let browser: OAuthBrowser
beforeAll(async () => {
  app = await newApp()
  service = await newService({ tenantId: app.tenantId })
  browser = new OAuthBrowser()
})

const refresh = (by: App, { refresh_token }: Tokens) => askToken(by, { grant_type: 'refresh_token', refresh_token })
const userinfo = ({ access_token }: Tokens) =>
  send('GET', '/oauth/userinfo', { headers: { Authorization: `Bearer ${access_token}` } })

/** That nothing of what a code gave works any more. */
async function expectDead(by: App, tokens: Tokens): Promise<void> {
  expectOAuthError(await refresh(by, tokens), [400, 'invalid_grant'])
  if (tokens.access_token.includes('.')) {
    await within5s(async () => expectProblem(await callApi(tokens.access_token), [401, 'token_invalid']))
    return
  }
  expect((await userinfo(tokens)).status).toBe(401)
  const introspection = await post('/oauth/introspect', { token: tokens.access_token, client_id: by.clientId })
  expect(introspection.body).toEqual({ active: false })
}

describe('a code that comes again ends what it gave, and nothing else', () => {
  test.each([
    ['at once', 0],
    ['after a second', 1_100],
  ])('%s', async (_name, milliseconds) => {
    const other = await newTokens(app, browser)
    for (const resource of [apiUrl, undefined]) {
      const code = await newCode(app, browser, { resource })
      const fields = { ...code, ...(resource ? { resource } : {}) }
      const tokens = tokensIn(await askToken(app, fields))
      expect((await (resource ? callApi(tokens.access_token) : userinfo(tokens))).status).toBe(200)
      if (clockTurns) turnClock(milliseconds)
      else await new Promise((resolve) => setTimeout(resolve, milliseconds))
      expectOAuthError(await askToken(app, fields), [400, 'invalid_grant'])
      await expectDead(app, tokens)
    }
    expect((await refresh(app, other)).status).toBe(200)
    expect((await callApi(other.access_token)).status).toBe(200)
  })

  test('of fifty at once one is answered, and that one’s tokens end too', async () => {
    const code = await newCode(app, browser)
    const answers = await Promise.all(Array.from({ length: 50 }, () => askToken(app, code)))
    const given = answers.filter(({ status }) => status === 200)
    expect(given).toHaveLength(1)
    for (const answer of answers.filter(({ status }) => status !== 200))
      expectOAuthError(answer, [400, 'invalid_grant'])
    await expectDead(app, given[0]?.body)
    expectOAuthError(await askToken(app, code), [400, 'invalid_grant'])
  })
})

test.runIf(clockTurns)('a code lasts a minute', async () => {
  const [fresh, stale] = [await newCode(app, browser), await newCode(app, browser)]
  turnClock(55_000)
  expect((await askToken(app, fresh)).status).toBe(200)
  turnClock(6_000)
  expectOAuthError(await askToken(app, stale), [400, 'invalid_grant'])
})

describe('a code is nothing', () => {
  test('to another client of the tenant, to one of another tenant, or of the other environment', async () => {
    const others = [
      service,
      await newApp({ tenantId: app.tenantId }),
      await newApp(),
      await newApp({ tenantId: app.tenantId, environment: 'live' }),
    ]
    for (const other of others) {
      const answer = await askToken(other, await newCode(app, browser))
      expectOAuthError(answer, [400, 'invalid_grant'])
      expect(answer.body).not.toHaveProperty('access_token')
    }
    expect((await askToken(app, await newCode(app, browser))).status).toBe(200)
  })

  test('to a confidential client without its secret, which can still redeem it', async () => {
    const code = await newCode(service, browser)
    const { clientSecret = '' } = service
    expectOAuthError(await askToken({ ...service, clientSecret: undefined }, code), [401, 'invalid_client'])
    expectOAuthError(await askToken({ ...service, clientSecret: `${clientSecret}x` }, code), [401, 'invalid_client'])
    expect((await askToken(service, code)).status).toBe(200)
  })

  test('when it is changed, cut short or another kind of token', async () => {
    const code = await newCode(app, browser)
    const { refresh_token, access_token } = await newTokens(app, browser)
    for (const wrong of [`${code.code}x`, code.code.slice(1), refresh_token, access_token, 'x', '../x', '\0']) {
      expectOAuthError(await askToken(app, { ...code, code: wrong }), [400, 'invalid_grant'])
    }
    expect((await askToken(app, code)).status).toBe(200)
  })
})
