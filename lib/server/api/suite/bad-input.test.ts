import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { expectProblem, newTenant, send } from './harness.ts'

let tenant: Awaited<ReturnType<typeof newTenant>>
let before: Awaited<ReturnType<typeof tenant.stored>>

beforeAll(async () => {
  tenant = await newTenant({ type: 'live' })
  before = await tenant.stored()
})

afterEach(async () => {
  expect(await tenant.stored()).toEqual(before)
  expect((await send('GET', '/readyz')).status).toBe(200)
})

const path = '/v1/passkeys/register/begin'
const json = { 'Content-Type': 'application/json' }

function begin(body: BodyInit | null, headers: Record<string, string> = json) {
  const init = { body, headers: { Authorization: `Bearer ${tenant.key.secret}`, ...headers }, duplex: 'half' }
  return send('POST', path, init)
}

/** A good body of just so many bytes. */
function bodyOf(bytes: number): string {
  const body = JSON.stringify({ username: 'ada' })
  return body + ' '.repeat(bytes - body.length)
}

describe('a body', () => {
  test.each(['application/json', 'Application/JSON', 'application/json; charset=utf-8', 'application/vnd.api+json'])(
    'may come as %s',
    async (type) => {
      expect((await begin('{"username":"ada"}', { 'Content-Type': type })).status).toBe(200)
    },
  )

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    'json',
    'text/html, application/json',
  ])('may not come as %s', async (type) => {
    expectProblem(await begin('{"username":"ada"}', { 'Content-Type': type }), [415, 'unsupported_media_type'])
  })

  test('needs a content type', async () => {
    const bytes = new TextEncoder().encode('{"username":"ada"}')
    expectProblem(await begin(bytes, {}), [415, 'unsupported_media_type'])
  })

  test.each([
    ['nothing', ''],
    ['white space', ' \n'],
    ['half an object', '{"username":"ada"'],
    ['two objects', '{"username":"ada"}{}'],
    ['JSON5', "{username:'ada'}"],
    ['a form', 'username=ada'],
    ['a comment', '{"username":"ada"}//'],
    ['NaN', '{"username":NaN}'],
    ['null', 'null'],
    ['a list', '[{"username":"ada"}]'],
    ['a text', '"ada"'],
    ['a number', '7'],
  ])('that is %s is malformed', async (_name, body) => {
    const answer = await begin(body)
    expectProblem(answer, [400, 'invalid_request'])
    expect(answer.body.issues).not.toEqual([])
  })

  test('that is not UTF-8 is malformed', async () => {
    const [head, tail] = ['{"username":"', '"}'].map((text) => new TextEncoder().encode(text)) as [
      Uint8Array,
      Uint8Array,
    ]
    const around = (...bytes: number[]) => begin(Uint8Array.from([...head, ...bytes, ...tail]))
    expectProblem(await around(0xff), [400, 'invalid_request'])
    expectProblem(await around(0xc3), [400, 'invalid_request'])
    expectProblem(await around(0xed, 0xa0, 0x80), [400, 'invalid_request'])
    expect((await around(0xc3, 0xa9)).body.publicKey.user.name).toBe('é')
  })

  test('has 64 KiB at most, to the byte', async () => {
    expect((await begin(bodyOf(65_536))).status).toBe(200)
    expectProblem(await begin(bodyOf(65_537)), [413, 'body_too_large'])
    expectProblem(await begin(bodyOf(3_000_000)), [413, 'body_too_large'])
  })

  test('of 64 KiB at most may come in chunks of unsaid length', async () => {
    const chunked = (bytes: number) => begin(new Blob([bodyOf(bytes)]).stream())
    expect((await chunked(65_536)).status).toBe(200)
    expectProblem(await chunked(65_537), [413, 'body_too_large'])
    expectProblem(await chunked(100_000), [413, 'body_too_large'])
  })

  test('may be nested 32 levels deep, and 10,000 harm nobody', async () => {
    const nested = (depth: number) =>
      `{"username":"ada","options":{"extensions":{"x":${'['.repeat(depth)}${']'.repeat(depth)}}}}`
    expect((await begin(nested(29))).status).toBe(200)
    for (const depth of [30, 10_000, 32_000]) expectProblem(await begin(nested(depth)), [400, 'invalid_request'])
    expectProblem(await begin(`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`), [400, 'invalid_request'])
  })

  test('has no member named __proto__, at any depth', async () => {
    for (const body of [
      '{"username":"ada","__proto__":{"x":1}}',
      '{"username":"ada","options":{"extensions":{"__proto__":{"admin":true}}}}',
      '{"username":"ada","\\u005f_proto__":{"x":1}}',
    ]) {
      expectProblem(await begin(body), [400, 'invalid_request'])
    }
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
    const inherited = '{"username":"ada","options":{"extensions":{"constructor":{"prototype":{"x":1}}}}}'
    expect((await begin(inherited)).body.publicKey.extensions).toEqual({ constructor: { prototype: { x: 1 } } })
  })

  test('that names a member twice means the last', async () => {
    expect((await begin('{"username":"ada","username":"bob"}')).body.publicKey.user.name).toBe('bob')
    expectProblem(await begin('{"username":"ada","username":""}'), [400, 'invalid_request'])
  })

  test('says where it is wrong', async () => {
    const paths = async (body: unknown) =>
      (await begin(JSON.stringify(body))).body.issues.map((issue: { path: string }) => issue.path)
    expect(await paths({})).toEqual(['username'])
    expect(await paths({ username: 7, displayName: '' })).toEqual(['username', 'displayName'])
    expect(await paths({ username: 'ada', options: { timeout: 'long' } })).toEqual(['options.timeout'])
    expect(await paths({ username: 'ada', options: { authenticatorSelection: { residentKey: 'maybe' } } })).toEqual([
      'options.authenticatorSelection.residentKey',
    ])
  })
})

describe('no secret comes back in an answer', () => {
  const places: [name: string, request: (secret: string) => ReturnType<typeof send>][] = [
    ['in a path', (secret) => send('GET', `/v1/${secret}`)],
    ['in a path behind another', (secret) => send('DELETE', `/v1/passkeys/${secret}`, authorized())],
    ['in a wrong method’s path', (secret) => send('GET', `/v1/passkeys/${secret}`)],
    ['in the query', (secret) => send('GET', `/v1/usage?groupBy=${secret}`, authorized())],
    ['in the name of a query', (secret) => send('GET', `/v1/usage?${secret}=1`, authorized())],
    ['as the username', (secret) => begin(JSON.stringify({ username: secret }))],
    ['as the user of a sign-in', (secret) => signInAs(secret)],
    ['as the name of a member', (secret) => begin(JSON.stringify({ username: 'ada', options: { [secret]: 1 } }))],
    ['as a value', (secret) => begin(JSON.stringify({ username: 'ada', options: { attestation: secret } }))],
    ['as the whole body', (secret) => begin(secret)],
    ['as the content type', (secret) => begin('{}', { 'Content-Type': secret })],
    ['as the user token', (secret) => send('GET', '/v1/passkeys', authorized({ 'X-User-Token': secret }))],
    [
      'as another header',
      (secret) => send('GET', '/v1/nothing', authorized({ Accept: secret, 'X-Request-Id': secret })),
    ],
    ['as a mistyped key', (secret) => send('GET', '/v1/tenant', { headers: { 'X-API-Key': `${secret}x` } })],
    ['with a second key', (secret) => send('GET', '/v1/tenant', authorized({ 'X-API-Key': `${secret}x` }))],
  ]
  const authorized = (more = {}) => ({ headers: { Authorization: `Bearer ${tenant.key.secret}`, ...more } })
  const signInAs = (username: string) =>
    send('POST', '/v1/passkeys/authenticate/begin', {
      headers: { Authorization: `Bearer ${tenant.key.secret}`, ...json },
      body: JSON.stringify({ username }),
    })

  test.each(places)('that was sent %s', async (_name, request) => {
    const { secret } = tenant.key
    const { status, text, headers } = await request(secret)
    const answer = text + JSON.stringify([...headers])
    expect(status).toBeGreaterThanOrEqual(200)
    expect(status).toBeLessThan(500)
    expect(answer).not.toContain(secret.slice(21, 64))
  })
})
