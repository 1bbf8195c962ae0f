import { describe, expect, test } from 'vitest'
import type { About } from '../about.ts'
import { deviceCodePage, deviceConfirmPage, deviceDonePage } from './device-pages.ts'
import { errorPage } from './error-page.ts'
import { nothing, shell } from './shell.ts'
import { signedOutPage, signOutPage } from './sign-out-pages.ts'

const evil = `"><script>alert('1')</script>`
const escaped = '&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;'
const about = (text: string): About => ({
  client: { name: text, logoUrl: `https://app.example/${text}` },
  tenant: { name: text, color: text, logoUrl: `https://acme.example/${text}` },
  environment: 'test',
})
const form = (text: string) => ({ action: `/device?${text}`, xsrf: text, userCode: text })

/** Every page, with a text from outside wherever one can be, and how often the page says it. */
const pages: [name: string, page: (text: string) => string, times: number][] = [
  ['error', (text) => errorPage({ error: text, error_description: text }), 2],
  [
    'error of a test client',
    (text) =>
      errorPage({
        error: 'invalid_redirect_uri',
        notes: { client: { id: text, name: text }, redirect: { received: `${text}1`, registered: [`2${text}`, text] } },
      }),
    6,
  ],
  ['device code', (text) => deviceCodePage(form(text)), 3],
  ['device confirm', (text) => deviceConfirmPage(form(text), about(text), { address: text, userAgent: text }), 10],
  ['device done', (text) => deviceDonePage(about(text)), 3],
  ['sign out', (text) => signOutPage(form(text), about(text)), 7],
  ['signed out', (text) => signedOutPage(about(text)), 4],
]

describe.each(pages)('the page: %s', (_, page, times) => {
  test('says a plain text as it is, and escapes what could be markup', () => {
    expect(page('Photo Book').split('Photo Book')).toHaveLength(times + 1)
    const html = page(evil)
    expect(html.split(escaped)).toHaveLength(times + 1)
    expect(html).not.toContain('<script')
    expect(html).not.toContain("'1'")
  })

  test('is one whole document with one heading', () => {
    const html = page('Photo Book')
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/)
    expect(html.match(/<h1>/g)).toHaveLength(1)
    expect(html).not.toMatch(/undefined|null|\[object/)
  })
})

/** What a form would send, with each of its buttons. */
function sent(html: string): {
  method: string | undefined
  action: string | undefined
  fields: string[]
  buttons: string[]
} {
  const [, tag = '', inside = ''] = /<form ([^>]*)>(.*)<\/form>/s.exec(html) ?? []
  const read = (text: string, name: string) => new RegExp(`${name}="([^"]*)"`).exec(text)?.[1]
  const pairs = (element: string) =>
    [...inside.matchAll(new RegExp(`<${element}([^>]*)>([^<]*)`, 'g'))].map(([, attributes = '', label = '']) =>
      [read(attributes, ' name'), read(attributes, ' value'), label.trim()]
        .filter((part) => part !== undefined)
        .join('='),
    )
  return { method: read(tag, 'method'), action: read(tag, 'action'), fields: pairs('input'), buttons: pairs('button') }
}

test('the form for a code sends the code', () => {
  expect(sent(deviceCodePage({ action: '/device', xsrf: 'x1' }))).toEqual({
    method: 'post',
    action: '/device',
    fields: ['xsrf=x1=', 'user_code=='],
    buttons: ['Continue'],
  })
})

test('the confirmation sends the code again, and whether it is called off', () => {
  const html = deviceConfirmPage({ action: '/device', xsrf: 'x1', userCode: 'BCDF-GHJK' }, about('Photo Book'), {})
  expect(sent(html)).toEqual({
    method: 'post',
    action: '/device',
    fields: ['xsrf=x1=', 'user_code=BCDF-GHJK=', 'confirm=yes='],
    buttons: ['Continue', 'abort=yes=Cancel'],
  })
  expect(html).toContain('<output>BCDF-GHJK</output>')
})

test('the sign-out sends whether one wants it', () => {
  expect(sent(signOutPage({ action: '/oauth/sign-out', xsrf: 'x1' }, about('Photo Book')))).toEqual({
    method: 'post',
    action: '/oauth/sign-out',
    fields: ['xsrf=x1='],
    buttons: ['logout=yes=Sign out', 'Stay signed in'],
  })
})

test('the form for a code says what is wrong with it, and only then', () => {
  const fine = deviceCodePage({ action: '/device', xsrf: 'x1' })
  expect(fine).not.toMatch(/aria-invalid=|role="alert"/)
  const said = (['missing', 'wrong', 'expired', 'used', 'denied', 'failed'] as const).map((problem) => {
    const html = deviceCodePage({ action: '/device', xsrf: 'x1' }, problem)
    expect(html).toContain('aria-invalid="true" aria-describedby="problem"')
    return /role="alert"[^>]*>([^<]+)/.exec(html)?.[1]
  })
  expect(new Set(said).size).toBe(6)
  expect(said).not.toContain(undefined)
})

test('an error has words of its own, and its code for the app’s makers', () => {
  const title = (error: string) => /<h1>([^<]+)/.exec(errorPage({ error }))?.[1]
  expect(title('invalid_client')).toBe('This app is not known here')
  expect(title('invalid_redirect_uri')).toMatch(/may not$/)
  expect(title('unheard_of')).toBe('This sign-in could not go on')
  expect(title('constructor')).toBe('This sign-in could not go on')
  expect(errorPage({ error: 'invalid_client', error_description: 'client is invalid' })).toContain(
    '<code>invalid_client</code> client is invalid',
  )
})

test('an error says whether a sign-in or a sign-out could not go on', () => {
  const title = (leaving?: boolean) =>
    /<h1>(.*)<\/h1>/.exec(errorPage({ error: 'invalid_request', ...(leaving ? { leaving } : {}) }))?.[1]
  expect([title(), title(true)]).toEqual(['This sign-in could not go on', 'This sign-out could not go on'])
})

test('a tenant’s colour and pictures are shown where they are ones', () => {
  const page = (color: string, logoUrl: string) =>
    shell({ title: 'T', tenant: { name: 'Acme', color, logoUrl }, body: nothing })
  expect(page('#ffd500', 'https://acme.example/l.png')).toContain('background:#ffd500;color:#000000')
  expect(page('#ffd500', 'data:image/png;base64,AA==')).toContain('src="data:image/png;base64,AA=="')
  const neither = page('red;background:url(//x)', 'javascript:alert(1)')
  expect(neither).not.toMatch(/url\(\/\/|javascript:|<img|red;/)
  expect(neither).toMatch(/<header><b [^>]+>A<\/b><span>Acme<\/span>/)
})

test('where the environment is known to be the test one, each page of a device or a sign-out says so', () => {
  const known = [
    (of: About) => deviceCodePage(form('x'), 'denied', of),
    (of: About) => deviceConfirmPage(form('x'), of, {}),
    deviceDonePage,
    (of: About) => signOutPage(form('x'), of),
    signedOutPage,
  ]
  for (const page of known) {
    expect(page(about('Acme'))).toContain('<small>test</small></header>')
    expect(page({ ...about('Acme'), environment: 'live' })).not.toContain('<small>')
  }
})
