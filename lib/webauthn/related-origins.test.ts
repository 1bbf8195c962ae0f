import { expect, test } from 'vitest'
import { labelOf, pastedAnswer, validateRelatedOrigins } from './related-origins.ts'

const shop = 'https://shop.example'
const asking = (origin: string) => ({ origin, rpId: 'rp.example' })
const caller = asking(shop)
const ok = { status: 200, contentType: 'application/json' }
const document = (...origins: unknown[]) => ({ ...ok, body: JSON.stringify({ origins }) })
const outcomes = ({ steps }: ReturnType<typeof validateRelatedOrigins>) =>
  Object.fromEntries(steps.map(({ title, outcome }) => [title, outcome]))

test('a document that lists the caller lets it in, and every step says so', () => {
  const result = validateRelatedOrigins(document('https://example.com', shop), caller)
  expect(result.accepted).toBe(true)
  expect(outcomes(result)).toEqual({
    Status: 'pass',
    'Content type': 'pass',
    JSON: 'pass',
    Labels: 'pass',
    'This origin': 'pass',
  })
  expect(result.labels).toEqual(['example', 'shop'])
})

test('a caller that is not listed is not let in', () => {
  for (const listed of [[], ['https://other.example'], ['https://shop.example:8443'], ['https://www.shop.example']]) {
    const result = validateRelatedOrigins(document(...listed), caller)
    expect(result.accepted).toBe(false)
    expect(outcomes(result)).toMatchObject({ JSON: 'pass', 'This origin': 'fail' })
  }
})

test('without a caller nothing is said of one', () => {
  const result = validateRelatedOrigins(document(shop))
  expect(result.accepted).toBeUndefined()
  expect(outcomes(result)).not.toHaveProperty('This origin')
})

test.each([
  ['a status that is not 200', { status: 404 }, 'Status'],
  ['another content type', { contentType: 'text/html; charset=utf-8' }, 'Content type'],
  ['no content type', { contentType: null }, 'Content type'],
  ['no JSON', { body: '<!doctype html>' }, 'JSON'],
  ['a list in the place of the object', { body: `["${shop}"]` }, 'JSON'],
  ['null', { body: 'null' }, 'JSON'],
  ['no origins', { body: '{"origin":[]}' }, 'JSON'],
  ['origins that are no list', { body: `{"origins":"${shop}"}` }, 'JSON'],
  ['an entry that is no text', { body: `{"origins":["${shop}",5]}` }, 'JSON'],
])('%s refuses the whole document', (_, wrong, step) => {
  const result = validateRelatedOrigins({ ...document(shop), ...wrong }, caller)
  expect(result.accepted).toBe(false)
  expect(outcomes(result)).toMatchObject({ [step]: 'fail' })
})

test('parameters of the content type, and its letter case, do not matter', () => {
  const answer = { ...document(shop), contentType: 'Application/JSON; charset=utf-8' }
  expect(validateRelatedOrigins(answer, caller).accepted).toBe(true)
})

test('what is not known of a pasted document is not held against it', () => {
  const result = validateRelatedOrigins({ body: JSON.stringify({ origins: [shop] }) }, caller)
  expect(outcomes(result)).toMatchObject({ Status: 'unknown', 'Content type': 'unknown', JSON: 'pass' })
  expect(result.accepted).toBe(true)
})

const five = ['https://a.example', 'https://b.example', 'https://c.example', 'https://d.example', 'https://e.example']

test('five labels are read, and a sixth is passed over, but not one that was seen', () => {
  expect(validateRelatedOrigins(document(...five.slice(1), shop), caller).accepted).toBe(true)
  const full = validateRelatedOrigins(document(...five, shop, 'https://www.a.com'), caller)
  expect(full.accepted).toBe(false)
  expect(full.labels).toEqual(['a', 'b', 'c', 'd', 'e'])
  expect(full.origins.map(({ outcome }) => outcome)).toEqual([...five.map(() => 'counted'), 'beyond', 'counted'])
  expect(outcomes(full)).toMatchObject({ Labels: 'fail', 'This origin': 'fail' })
  const seen = validateRelatedOrigins(document(...five, 'https://a.co.uk'), asking('https://a.co.uk'))
  expect(seen.accepted).toBe(true)
})

test('a label too many is no reason to refuse whoever stands before it', () => {
  expect(validateRelatedOrigins(document(...five, 'https://f.example'), asking('https://e.example')).accepted).toBe(
    true,
  )
})

test('what no browser can be at is passed over and takes up no label', () => {
  const written = ['no url', 'android:apk-key-hash:1', 'data:text/plain,', 'http://localhost:3000', 'https://127.0.0.1']
  const { origins, labels } = validateRelatedOrigins(document(...written))
  expect(origins.map(({ outcome }) => outcome)).toEqual(written.map(() => 'skipped'))
  expect(labels).toEqual([])
  const app = 'android:apk-key-hash:pNiP5iKyQ8JwgGOaKA1zGPUPJIS-0H1xKCQcfIoGLck'
  expect(validateRelatedOrigins(document(app)).origins[0]?.why).toMatch(/^An app’s/)
})

test('an origin on http: takes up its label and is said to be of no use', () => {
  const { origins, labels } = validateRelatedOrigins(document('http://shop.example'), caller)
  expect(labels).toEqual(['shop'])
  expect(origins[0]).toMatchObject({ outcome: 'counted', matches: false })
  expect(origins[0]?.why).toMatch(/^On http:/)
})

test('an internationalized name is compared as browsers write it', () => {
  const result = validateRelatedOrigins(document('https://Bücher.example/'), asking('https://xn--bcher-kva.example'))
  expect(result.accepted).toBe(true)
  expect(result.labels).toEqual(['xn--bcher-kva'])
  expect(result.origins[0]?.why).toBe('Read as https://xn--bcher-kva.example.')
})

test('a label stands before a public suffix, private ones too', () => {
  expect(labelOf('www.example.co.uk')).toBe('example')
  expect(labelOf('acme.github.io')).toBe('acme')
  for (const none of ['github.io', 'co.uk', 'localhost', '127.0.0.1', '[::1]']) expect(labelOf(none)).toBeUndefined()
})

test('what curl -i prints is read with its last head, and a document alone without one', () => {
  const body = '{"origins":[]}'
  expect(pastedAnswer(body)).toEqual({ body })
  const answer = `HTTP/2 200 \r\nContent-Type: application/json\r\n\r\n${body}\n`
  expect(pastedAnswer(answer)).toEqual({ status: 200, contentType: 'application/json', body })
  expect(pastedAnswer(`HTTP/1.1 301 Moved\r\nlocation: /x\r\n\r\n${answer}`)).toMatchObject({ status: 200, body })
  expect(pastedAnswer('HTTP/1.1 404 Not Found\n')).toEqual({ status: 404, contentType: null, body: '' })
})

test('an origin in the RP ID’s own domain needs no document, whatever that says', () => {
  for (const origin of ['https://rp.example', 'https://www.rp.example:8443']) {
    for (const answer of [document(), { ...ok, status: 404, body: '' }]) {
      const result = validateRelatedOrigins(answer, asking(origin))
      expect(result.accepted).toBe(true)
      expect(outcomes(result)).toMatchObject({ 'This origin': 'pass' })
    }
  }
  expect(validateRelatedOrigins(document(), asking('https://notrp.example')).accepted).toBe(false)
})

test('of very many labels that are passed over, the first are named', () => {
  const origins = Array.from({ length: 5_000 }, (_, at) => `https://label-${at}.com`)
  const { steps } = validateRelatedOrigins({ body: JSON.stringify({ origins }) })
  expect(steps.at(-1)?.detail).toMatch(/label-24 and 4,975 more\.$/)
})
