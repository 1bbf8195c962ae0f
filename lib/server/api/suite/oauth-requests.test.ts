import { beforeAll, describe, expect, test } from 'vitest'
import { baseUrl, send } from './harness.ts'
import { OAuthBrowser } from './oauth-harness.ts'
import {
  type App,
  askToken,
  authorizationUrl,
  expectOAuthError,
  newApp,
  newCode,
  newService,
  post,
  redirectUri,
  saidIn,
} from './oauth-test-clients.ts'

// RFC 9700 §2.1.2, §2.4: there is one way to tokens for a user, and requests that are malformed go none.

let app: App
let browser: OAuthBrowser
beforeAll(async () => {
  app = await newApp()
  browser = new OAuthBrowser()
  await newCode(app, browser)
})

describe('the only way is a code', () => {
  test.each(['token', 'id_token', 'id_token token', 'code id_token', 'code token', 'none', 'CODE', 'x'])(
    'response_type=%s gives nothing',
    async (response_type) => {
      const { url } = await authorizationUrl(app, { response_type, nonce: 'n', state: 's1' })
      const said = saidIn(await browser.authorize(url))
      expect([said.get('error'), said.get('state')]).toEqual([
        expect.stringMatching(/^(?:unsupported_response_type|invalid_request)$/),
        's1',
      ])
      for (const name of ['code', 'access_token', 'id_token']) expect(said.has(name)).toBe(false)
    },
  )

  test.each(['fragment', 'form_post', 'jwt', 'web_message', 'x'])(
    'response_mode=%s hides no code',
    async (response_mode) => {
      const { url } = await authorizationUrl(app, { response_mode })
      const { address, page } = await browser.follow(url)
      // A form that the page would post goes to the client’s own address; any other way is refused.
      if (page?.status === 200) expect(await page.text()).toContain(`action="${redirectUri}"`)
      else if (page) expect(page.status).toBe(400)
      else expect(`${address.origin}${address.pathname}`).toBe(redirectUri)
    },
  )

  test.each([
    ['password', { username: 'ada', password: 'x' }],
    ['implicit', {}],
    ['urn:ietf:params:oauth:grant-type:jwt-bearer', { assertion: 'e30.e30.' }],
    ['urn:ietf:params:oauth:grant-type:saml2-bearer', { assertion: 'x' }],
    ['urn:ietf:params:oauth:grant-type:token-exchange', { subject_token: 'x' }],
    ['urn:openid:params:grant-type:ciba', { auth_req_id: 'x' }],
    ['__proto__', {}],
  ])('grant_type=%s gives nothing', async (grant_type, more) => {
    const answer = await askToken(app, { grant_type, scope: 'openid', ...more })
    expectOAuthError(answer, [400, 'unsupported_grant_type'])
    expect(answer.body).not.toHaveProperty('access_token')
  })
})

describe('the token endpoint takes a form, by POST', () => {
  test('and no JSON', async () => {
    const { code_verifier, ...code } = await newCode(app, browser)
    const asked = { ...code, code_verifier, client_id: app.clientId }
    const json = await send('POST', '/oauth/token', {
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(asked),
    })
    expectOAuthError(json, [400, 'invalid_request'])
    const query = await post(`/oauth/token?${new URLSearchParams(asked)}`, {})
    expectOAuthError(query, [400, 'invalid_request'])
    expect((await askToken(app, asked)).status).toBe(200)
  })

  test.each(['GET', 'PUT', 'DELETE'])('and no %s', async (method) => {
    for (const path of ['/oauth/token', '/oauth/revoke', '/oauth/introspect', '/oauth/par']) {
      const answer = await send(method, `${path}?client_id=${app.clientId}`)
      expectOAuthError(answer, [405, 'invalid_request'])
      expect(answer.headers.get('allow')).toMatch(/\bPOST\b/)
    }
  })

  test('and each parameter once', async () => {
    const fields = { ...(await newCode(app, browser)), client_id: app.clientId }
    for (const twice of Object.entries(fields)) {
      expectOAuthError(await post('/oauth/token', [...Object.entries(fields), twice]), [400, 'invalid_request'])
    }
    expect((await askToken(app, fields)).status).toBe(200)
  })
})

test.each(['client_id', 'response_type', 'scope', 'state', 'nonce', 'prompt'])(
  'an authorization takes %s once',
  async (name) => {
    const { url } = await authorizationUrl(app, { state: 's', nonce: 'n', prompt: 'none' })
    expect((await browser.authorize(url)).searchParams.has('code')).toBe(true)
    const value = new URL(url).searchParams.get(name) ?? ''
    const { address, page } = await browser.follow(`${url}&${name}=${encodeURIComponent(value)}`)
    if (page) expect(page.status).toBe(400)
    else expect(saidIn(address).get('error')).toBe('invalid_request')
    expect(saidIn(address).has('code')).toBe(false)
  },
)

describe('pages of other origins', () => {
  const from = (Origin: string) => ({ headers: { Origin } })
  const allowed = ({ headers }: { headers: Headers }) => headers.get('access-control-allow-origin')

  test('use the token endpoint where the app is at home there', async () => {
    const code = await newCode(app, browser)
    const evil = await askToken(app, code, { Origin: 'https://evil.example' })
    expectOAuthError(evil, [400, 'invalid_request'])
    expect(allowed(evil)).toBe(null)
    const good = await askToken(app, code, { Origin: 'https://app.example' })
    expect([good.status, allowed(good)]).toEqual([200, 'https://app.example'])
    expect(good.headers.get('access-control-allow-credentials')).toBe(null)
  })

  test('never that of a client with a secret', async () => {
    const service = await newService({ tenantId: app.tenantId })
    const answer = await askToken(service, { grant_type: 'client_credentials' }, { Origin: 'https://app.example' })
    expect([answer.status, allowed(answer)]).toEqual([400, null])
    expect(answer.body).not.toHaveProperty('access_token')
    // The server's own pages are no other origin.
    const own = await askToken(service, { grant_type: 'client_credentials' }, { Origin: baseUrl })
    expect(own.body).toHaveProperty('access_token')
  })

  test('read the documents, and not the pages', async () => {
    for (const path of ['/.well-known/openid-configuration', '/.well-known/jwks.json']) {
      expect(allowed(await send('GET', path, from('https://evil.example')))).toMatch(/^(?:\*|https:\/\/evil\.example)$/)
    }
    const { url } = await authorizationUrl(app, { prompt: 'none' })
    const { pathname, search } = new URL(url)
    for (const path of [pathname + search, '/device', '/oauth/logout']) {
      expect(allowed(await send('GET', path, { ...from('https://evil.example'), redirect: 'manual' }))).toBe(null)
    }
  })
})
