import { beforeAll, describe, expect, test } from 'vitest'
import { baseUrl } from './harness.ts'
import { OAuthBrowser } from './oauth-harness.ts'
import {
  type App,
  askToken,
  authorizationUrl,
  expectErrorPage,
  expectOAuthError,
  newApp,
  newCode,
  newService,
  post,
  redirectUri,
} from './oauth-test-clients.ts'

// RFC 9700 §2.1, §4.1: where an answer may go. Whatever is not to the letter the client's own is a page, and no redirect.

const loopback = 'http://127.0.0.1:8123/callback'
const withQuery = 'https://app.example/callback?from=here'
const named = 'http://localhost:8123/callback'
const ownScheme = 'com.example.app:/callback'

let app: App
let browser: OAuthBrowser
beforeAll(async () => {
  app = await newApp({ redirectUris: [redirectUri, loopback, named, withQuery, ownScheme] })
  browser = new OAuthBrowser()
  await newCode(app, browser)
})

/** That an authorization gets no answer anywhere, though it could be given without a page. */
async function expectNowhere(url: string, error = 'invalid_redirect_uri'): Promise<void> {
  for (const by of [browser, new OAuthBrowser()]) await expectErrorPage(await by.fetch(url), error)
}

test.each([redirectUri, loopback, named, withQuery, ownScheme])(
  'an answer goes to %s as it stands',
  async (redirect_uri) => {
    const { url } = await authorizationUrl(app, { redirect_uri })
    const back = await browser.authorize(url)
    expect(back.href.startsWith(redirect_uri)).toBe(true)
    expect(back.searchParams.get('code')).toMatch(/./)
  },
)

// RFC 8252 §7.3: the system gives a native app's listener its port.
test.each(['http://127.0.0.1:49152/callback', 'http://127.0.0.1/callback', 'http://127.0.0.1:1/callback'])(
  'of a native app an answer goes to %s, and its code is good with that',
  async (redirect_uri) => {
    const code = await newCode(app, browser, { redirect_uri })
    expectOAuthError(await askToken(app, { ...code, redirect_uri: loopback }), [400, 'invalid_grant'])
    expect((await askToken(app, { ...code, redirect_uri })).status).toBe(200)
  },
)

test('of an app that keeps a secret, to the letter', async () => {
  const service = await newService({ tenantId: app.tenantId, redirectUris: [loopback] })
  await expectNowhere((await authorizationUrl(service, { redirect_uri: 'http://127.0.0.1:49152/callback' })).url)
  expect((await newCode(service, browser, { redirect_uri: loopback })).code).toMatch(/./)
})

describe('an answer does not go to', () => {
  test.each([
    ['another site', 'https://evil.example/callback'],
    ['a longer path', `${redirectUri}/more`],
    ['a shorter one', redirectUri.slice(0, -1)],
    ['the root', 'https://app.example/'],
    ['a suffix of the host', 'https://app.example.evil.example/callback'],
    ['a prefix of the host', 'https://evil-app.example/callback'],
    ['a host below it', 'https://sub.app.example/callback'],
    ['another port', 'https://app.example:444/callback'],
    ['the same port, named', 'https://app.example:443/callback'],
    ['another scheme', 'http://app.example/callback'],
    ['an own scheme', 'app.example:/callback'],
    ['another case in the path', 'https://app.example/Callback'],
    ['another case in the host', 'https://APP.example/callback'],
    ['another case in the scheme', 'HTTPS://app.example/callback'],
    ['a query', `${redirectUri}?x=y`],
    ['an empty query', `${redirectUri}?`],
    ['another query', `${withQuery}&to=there`],
    ['a fragment', `${redirectUri}#x`],
    ['an empty fragment', `${redirectUri}#`],
    ['a path that goes up', 'https://app.example/x/../callback'],
    ['an encoded path that goes up', 'https://app.example/x/%2e%2e/callback'],
    ['a path that goes up and away', `${redirectUri}/../evil`],
    ['a dot in the path', 'https://app.example/./callback'],
    ['a doubled slash', 'https://app.example//callback'],
    ['a user', 'https://user@app.example/callback'],
    ['a user and a password', 'https://app.example:x@evil.example/callback'],
    ['what looks like a user', 'https://app.example@evil.example/callback'],
    ['a backslash', 'https://evil.example\\@app.example/callback'],
    ['a backslash in place of a slash', 'https:\\\\app.example\\callback'],
    ['an encoded letter', 'https://app.example/%63allback'],
    ['an encoded address', encodeURIComponent(redirectUri)],
    ['an encoded slash', 'https://app.example%2fcallback'],
    ['a slash at the end', `${redirectUri}/`],
    ['a dot at the end', `${redirectUri}.`],
    ['a dot after the host', 'https://app.example./callback'],
    ['a space', `${redirectUri} `],
    ['a space in front', ` ${redirectUri}`],
    ['a tab', `https://app.exam\tple/callback`],
    ['a line break', `${redirectUri}\r\nLocation: https://evil.example/`],
    ['a null byte', `${redirectUri}\0`],
    ['a wildcard', 'https://*.example/callback'],
    ['localhost in place of 127.0.0.1', 'http://localhost:8124/callback'],
    ['[::1] in place of 127.0.0.1', loopback.replace('127.0.0.1', '[::1]')],
    ['another spelling of 127.0.0.1', loopback.replace('127.0.0.1', '127.1')],
    ['another path at another port of 127.0.0.1', 'http://127.0.0.1:8124/callback/'],
    ['another port of localhost', named.replace('8123', '8124')],
    ['no port of localhost', named.replace(':8123', '')],
    ['a script', 'javascript:alert(1)//https://app.example/callback'],
    ['a document', 'data:text/html,<script>alert(1)</script>'],
    ['a path', '/callback'],
    ['a network path', '//app.example/callback'],
    ['an own scheme with a host', 'com.example.app://callback'],
    ['two addresses', `${redirectUri} https://evil.example/`],
    ['two addresses, with a comma', `${redirectUri},https://evil.example/`],
    ['a full-width letter', 'https://app.example/ｃallback'],
    ['this server', `${baseUrl}/callback`],
    ['4 KiB of path', `${redirectUri}/${'x'.repeat(4096)}`],
  ])('%s', async (_name, redirect_uri) => {
    await expectNowhere((await authorizationUrl(app, { redirect_uri })).url)
  })

  test('nowhere, where none is named', async () => {
    await expectNowhere((await authorizationUrl(app, { redirect_uri: undefined })).url, 'invalid_request')
    await expectNowhere((await authorizationUrl(app, { redirect_uri: '' })).url, 'invalid_request')
  })

  test.each([
    ['the good one first', [redirectUri, 'https://evil.example/']],
    ['the good one last', ['https://evil.example/', redirectUri]],
    ['the good one twice', [redirectUri, redirectUri]],
  ])('either of two: %s', async (_name, [first = '', second = '']) => {
    const { url } = await authorizationUrl(app, { redirect_uri: first })
    await expectNowhere(`${url}&redirect_uri=${encodeURIComponent(second)}`, 'invalid_request')
  })

  test.each(['redirect_uri[]', 'redirect_uri[0]', 'redirect_uri.x', 'Redirect_uri', 'redirect_uri%00'])(
    'what is named by %s',
    async (name) => {
      const { url } = await authorizationUrl(app)
      const back = await browser.authorize(`${url}&${name}=${encodeURIComponent('https://evil.example/')}`)
      expect(back.href.startsWith(`${redirectUri}?`)).toBe(true)
    },
  )

  test('another client’s address', async () => {
    const other = await newApp({ tenantId: app.tenantId, redirectUris: ['https://other.example/callback'] })
    await expectNowhere((await authorizationUrl(app, { redirect_uri: 'https://other.example/callback' })).url)
    await expectNowhere((await authorizationUrl(other)).url)
  })

  test('the address of a client that is none', async () => {
    for (const clientId of ['cli_nobody', '', '__proto__', 'playground_tnt_nobody', "' OR 1=1 --"]) {
      const error = clientId ? 'invalid_client' : 'invalid_request'
      await expectNowhere((await authorizationUrl({ clientId })).url, error)
    }
  })
})

test('errors go back only where they may, and a page runs no script', async () => {
  const wrong = { response_type: 'token', state: 's1' }
  const good = await browser.authorize((await authorizationUrl(app, wrong)).url)
  expect(good.href).toMatch(/^https:\/\/app\.example\/callback#error=unsupported_response_type&.*state=s1/)
  const evil = await authorizationUrl(app, {
    ...wrong,
    redirect_uri: 'https://evil.example/"><script>alert(1)</script>',
  })
  const page = await browser.fetch(evil.url)
  expect([page.status, page.headers.get('location')]).toEqual([400, null])
  expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
  expect(await page.text()).not.toContain('<script>')
})

test('a code is exchanged with the address that it was sent to, and with no other', async () => {
  for (const redirect_uri of [loopback, `${redirectUri}/`, '', undefined]) {
    const { redirect_uri: _, ...code } = await newCode(app, browser)
    const refused = await askToken(app, { ...code, ...(redirect_uri === undefined ? {} : { redirect_uri }) })
    expectOAuthError(refused, [400, redirect_uri ? 'invalid_grant' : 'invalid_request'])
  }
  expect((await askToken(app, await newCode(app, browser))).status).toBe(200)
  const doubled = Object.entries({ ...(await newCode(app, browser)), client_id: app.clientId })
  const twice = await post('/oauth/token', [...doubled, ['redirect_uri', redirectUri]])
  expectOAuthError(twice, [400, 'invalid_request'])
})

describe('the page for a redirect URI that is not registered', () => {
  const received = 'https://app.example/calback'
  const pageOf = async (of: App) => {
    const { url } = await authorizationUrl(of, { redirect_uri: received })
    const text = await (await browser.fetch(url)).text()
    expect(text).toContain('<code>invalid_redirect_uri</code>')
    return text
  }

  test('tells a test client’s makers what was received and what is registered, with the difference marked', async () => {
    const text = await pageOf(app)
    expect(text).toContain(`<dd>App <code>${app.clientId}</code></dd>`)
    expect(text).toContain(`<dt>Received</dt><dd><code>${received}</code></dd>`)
    expect(text).toContain('<code>https://app.example/cal<mark>l</mark>back</code>')
    expect(text).toContain(`<code>${ownScheme}</code>`)
    expect(text).toContain(`href="/console/oauth-clients/${app.clientId}?environment=test"`)
    expect(text).toContain('href="/docs/oauth"')
  })

  test('says nothing of a live client', async () => {
    const live = await newApp({ environment: 'live', name: 'Photo Book' })
    const text = await pageOf(live)
    for (const part of ['Photo Book', live.clientId, redirectUri, 'Registered', '/console']) {
      expect(text).not.toContain(part)
    }
  })

  test('tells of another mistake whose client it is, and of an unknown client nothing', async () => {
    const { url } = await authorizationUrl(app, { redirect_uri: undefined })
    const text = await (await browser.fetch(url)).text()
    expect(text).toContain(`<code>${app.clientId}</code>`)
    expect(text).not.toContain(redirectUri)
    const unknown = await authorizationUrl({ clientId: 'cli_nobody' }, { redirect_uri: received })
    expect(await (await browser.fetch(unknown.url)).text()).not.toContain('For the makers of')
  })
})
