import * as client from 'openid-client'
import { beforeAll, describe, expect, test } from 'vitest'
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
} from './oauth-test-clients.ts'

// RFC 9700 §2.1.1, RFC 7636: a code is worth something only to whoever began.

let apps: Record<'public' | 'confidential', App>
let browser: OAuthBrowser
beforeAll(async () => {
  const app = await newApp()
  apps = { public: app, confidential: await newService({ tenantId: app.tenantId }) }
  browser = new OAuthBrowser()
  for (const one of [app, apps.confidential]) await newCode(one, browser)
})

describe.each(['public', 'confidential'] as const)('of a %s client', (type) => {
  const verifier = client.randomPKCECodeVerifier()

  test.each<[string, Record<string, string | undefined>]>([
    ['no challenge', { code_challenge: undefined, code_challenge_method: undefined }],
    ['an empty challenge', { code_challenge: '' }],
    ['a method alone', { code_challenge: undefined }],
    ['a challenge alone, which would be a plain one', { code_challenge_method: undefined }],
    ['a plain challenge', { code_challenge: verifier, code_challenge_method: 'plain' }],
    ['a method of another case', { code_challenge_method: 's256' }],
    ['a method of nobody', { code_challenge_method: 'S512' }],
    ['a challenge that is too short', { code_challenge: 'x'.repeat(42) }],
    ['a challenge that is too long', { code_challenge: 'x'.repeat(129) }],
    ['a challenge of other letters', { code_challenge: `${'x'.repeat(42)}+` }],
    ['a challenge that is no base64url of a hash', { code_challenge: `${'x'.repeat(42)}~` }],
    ['a challenge with a bit set that stands for nothing', { code_challenge: `${'x'.repeat(42)}B` }],
    ['a challenge that is longer than a hash', { code_challenge: 'x'.repeat(44) }],
    ['the hash of a key with a bit set that stands for nothing', { dpop_jkt: `${'x'.repeat(42)}B` }],
  ])('an authorization with %s is refused', async (_name, changed) => {
    const { url } = await authorizationUrl(apps[type], { ...changed, state: 's1' })
    const back = await browser.authorize(url)
    expect([back.searchParams.get('error'), back.searchParams.get('state')]).toEqual(['invalid_request', 's1'])
    expect(back.searchParams.has('code')).toBe(false)
    const good = await browser.authorize((await authorizationUrl(apps[type])).url)
    expect(good.searchParams.has('code')).toBe(true)
  })

  test.each<[string, (code: { code_verifier: string }) => string | undefined]>([
    ['no verifier', () => undefined],
    ['an empty verifier', () => ''],
    ['another verifier', () => client.randomPKCECodeVerifier()],
    ['the verifier in another case', ({ code_verifier }) => code_verifier.toUpperCase()],
    ['a verifier that is too short', ({ code_verifier }) => code_verifier.slice(0, 42)],
    ['a verifier that is too long', ({ code_verifier }) => code_verifier.padEnd(129, 'x')],
    ['a verifier of other letters', ({ code_verifier }) => `${code_verifier.slice(0, -1)}+`],
  ])('a code with %s gives nothing, and is spent', async (_name, wrong) => {
    const { code_verifier, ...code } = await newCode(apps[type], browser)
    const changed = wrong({ code_verifier })
    const refused = await askToken(apps[type], {
      ...code,
      ...(changed === undefined ? {} : { code_verifier: changed }),
    })
    expect([refused.status, refused.body.error]).toEqual([400, expect.stringMatching(/^invalid_(?:grant|request)$/)])
    expect(refused.body).not.toHaveProperty('access_token')
    expect((await askToken(apps[type], await newCode(apps[type], browser))).status).toBe(200)
  })
})

test('a verifier named twice is refused, and the code stays', async () => {
  const { public: app } = apps
  const code = await newCode(app, browser)
  const fields = Object.entries({ ...code, client_id: app.clientId })
  expectOAuthError(await post('/oauth/token', [...fields, ['code_verifier', code.code_verifier]]), [
    400,
    'invalid_request',
  ])
  expect((await askToken(app, code)).status).toBe(200)
})

test('a challenge named twice is refused at the authorization', async () => {
  const { url } = await authorizationUrl(apps.public)
  const back = await browser.authorize(`${url}&code_challenge=${'x'.repeat(43)}`)
  expect(back.searchParams.get('error')).toBe('invalid_request')
})

// RFC 9700 §4.8: whoever strips the challenge from a request hopes for a code that any verifier fits.
test('a verifier finds no code without a challenge: however it is asked for, none is given', async () => {
  const { public: app } = apps
  const without = { code_challenge: undefined, code_challenge_method: undefined }
  const { url, verifier } = await authorizationUrl(app, without)
  const fields = Object.fromEntries(new URL(url).searchParams)
  const given = { grant_type: 'authorization_code', redirect_uri: fields.redirect_uri ?? '', code_verifier: verifier }

  const { searchParams } = await browser.authorize(url)
  expect([searchParams.get('error'), searchParams.get('code')]).toEqual(['invalid_request', null])
  const posted = await post('/oauth/authorize', fields)
  expect([posted.status, posted.headers.get('location')]).toEqual([405, null])
  expectOAuthError(await post('/oauth/par', fields), [400, 'invalid_request'])
  for (const code of ['', 'undefined', 'null']) {
    expect((await askToken(app, { ...given, code })).body).not.toHaveProperty('access_token')
  }

  // Nor does one that knows its own challenge take the verifier of a request that had none.
  const { code } = await newCode(app, browser)
  expectOAuthError(await askToken(app, { ...given, code }), [400, 'invalid_grant'])
  expect((await askToken(app, await newCode(app, browser))).status).toBe(200)
})
