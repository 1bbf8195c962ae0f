import { expect, test } from 'vitest'
import { browserFacts } from './browser-facts.ts'
import { browserReportJson, browserReportText } from './browser-report.ts'
import type { SeenBrowser } from './seen-browser.ts'

const able: SeenBrowser = {
  userAgent: 'Test/1',
  origin: 'https://login.example.com',
  hostname: 'login.example.com',
  secureContext: true,
  webAuthn: true,
  framed: false,
  ancestors: [],
  permitted: { create: true, get: true },
  platformAuthenticator: true,
  conditionalMediation: false,
  capabilities: {
    conditionalGet: true,
    hybridTransport: false,
    'extension:prf': true,
    'extension:made-up': true,
    later: false,
  },
  functions: { toJSON: true, getTransports: false, newlyMade: true },
}

const without: SeenBrowser = {
  ...able,
  webAuthn: false,
  permitted: {},
  platformAuthenticator: undefined,
  conditionalMediation: undefined,
  capabilities: undefined,
  functions: { toJSON: false },
}

const byId = (seen: SeenBrowser, rpId?: string) =>
  new Map(browserFacts(seen, rpId).flatMap(({ facts }) => facts.map((fact) => [fact.id, fact] as const)))

test('what the browser tells is supported or not, and what it does not tell is unknown', () => {
  const facts = byId(able)
  expect(facts.get('capabilities.conditionalGet')).toMatchObject({ answer: 'supported' })
  expect(facts.get('capabilities.hybridTransport')).toMatchObject({ answer: 'not-supported' })
  expect(facts.get('capabilities.relatedOrigins')).toMatchObject({ answer: 'unknown' })
  expect(facts.get('extensions.prf')).toMatchObject({ answer: 'supported' })
  expect(facts.get('extensions.largeBlob')).toMatchObject({ answer: 'unknown' })
  expect(facts.get('authenticators.conditionalMediation')).toMatchObject({ answer: 'not-supported' })
  expect(facts.get('functions.getTransports')).toMatchObject({ answer: 'not-supported', title: 'getTransports()' })
})

test('what this page has never heard of is shown, too', () => {
  const facts = byId(able)
  for (const id of ['capabilities.later', 'extensions.made-up', 'functions.newlyMade']) {
    expect(facts.get(id)?.meaning, id).toMatch(/this page does not know it/)
  }
  expect(facts.has('capabilities.extension:prf')).toBe(false)
})

test('each fact has its own id and says what it means', () => {
  for (const seen of [able, without]) {
    const all = browserFacts(seen, undefined).flatMap(({ facts }) => facts)
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    for (const { meaning, title } of all) expect(meaning, title).toMatch(/^.{8,}\.$|^.{8,}[.)]$/)
  }
})

test('a browser without WebAuthn says so, and all the rest is told as far as it goes', () => {
  const facts = byId(without)
  expect(facts.get('page.webAuthn')).toMatchObject({ answer: 'not-supported' })
  expect(facts.get('page.webAuthn')?.meaning).toContain('All that needs none works.')
  expect(facts.get('page.permitted.get')).toMatchObject({ answer: 'unknown' })
  expect(facts.get('page.secureContext')).toMatchObject({ answer: 'supported' })
})

test.each([
  ['its own host', 'login.example.com', 'supported'],
  ['the registrable domain', 'example.com', 'supported'],
  ['another domain, where the browser does not tell of related origins', 'example.org', 'unknown'],
  ['the suffix', 'com', 'not-supported'],
  ['a name of one’s own network', 'intranet', 'not-supported'],
])('an RP ID that is %s', (_, rpId, answer) => {
  expect(byId(able, rpId).get('page.rpId')).toMatchObject({ answer, title: `RP ID ${rpId}` })
})

test('another domain’s RP ID is up to its document, unless the browser knows no related origins', () => {
  const of = (relatedOrigins: boolean) =>
    byId({ ...able, capabilities: { relatedOrigins } }, 'example.org').get('page.rpId')
  expect(of(true)).toMatchObject({ answer: 'unknown' })
  expect(of(true)?.meaning).toContain('https://example.org/.well-known/webauthn')
  expect(of(false)).toMatchObject({ answer: 'not-supported' })
})

test('an address can have no RP ID, and the permitted ones are listed', () => {
  expect(byId({ ...able, hostname: '127.0.0.1' }).get('page.rpId')).toMatchObject({
    answer: 'not-supported',
    found: '127.0.0.1 may name none',
  })
  expect(byId(able).get('page.rpId')?.found).toBe('permitted on login.example.com: login.example.com, example.com')
})

test('a frame is said with the pages around it, and a forbidden permission with what follows', () => {
  const facts = byId({ ...able, framed: true, ancestors: ['https://shop.example'], permitted: { get: false } })
  expect(facts.get('page.topLevel')).toMatchObject({ answer: 'not-supported', found: 'https://shop.example' })
  expect(facts.get('page.permitted.get')).toMatchObject({ answer: 'not-supported' })
  expect(facts.get('page.permitted.get')?.meaning).toContain('NotAllowedError')
  const untold = byId({ ...able, framed: true, ancestors: undefined })
  expect(untold.get('page.topLevel')?.found).toBe('the browser does not tell by whom')
})

test('the report has every answer, as text and as JSON', () => {
  const groups = browserFacts(able, 'example.com')
  const at = new Date('2026-11-26T12:00:00Z')
  const text = browserReportText(able, groups, at)
  expect(text).toContain('Browser: Test/1\nPage: https://login.example.com\nAt: 2026-11-26T12:00:00.000Z')
  expect(text).toContain('Supported: conditionalGet')
  expect(text).toContain(
    'Supported: RP ID example.com (permitted on login.example.com: login.example.com, example.com)',
  )
  const json = JSON.parse(browserReportJson(able, groups, at))
  expect(json).toMatchObject({ userAgent: 'Test/1', capabilities: { later: false } })
  expect(json.answers).toMatchObject({ 'extensions.prf': 'supported', 'extensions.uvm': 'unknown' })
})
