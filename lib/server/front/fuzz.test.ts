import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { serve } from '../../setup/serve.ts'
import { overTheWire, type WireAnswer } from '../../setup/wire.ts'
import { apiPath } from '../api/paths.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 })

const seed = 20_261_126
const requests = 600
const atOnce = 10

const methods = ['GET', 'GET', 'GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY']

const roots = [
  ...['/', '/playground', '/playground/callback', '/console', '/console/keys', '/console/keys/abc', '/console/sign-in'],
  ...[
    '/console/keys/abc/rotate',
    '/console/oauth-clients/abc',
    '/interaction/abc',
    '/approval/abc',
    '/account',
    '/account/grants',
  ],
  ...[
    '/v1/tenant',
    '/v1/keys/abc',
    '/v1/passkeys/abc',
    '/v1/usage',
    '/v1/passkeys/register/begin',
    '/console/api/keys',
  ],
  ...['/oauth/authorize', '/oauth/token', '/oauth/authorize/abc', '/oauth/userinfo', '/device', '/device/abc'],
  ...['/.well-known/jwks.json', '/.well-known/openid-configuration', '/livez', '/readyz', '/metrics', '/icon.svg'],
  ...[
    '/_next/image',
    '/_next/static/chunks/x.js',
    '/_next/data/x/playground.json',
    '/_next/x',
    '/404',
    '/500',
    '/_error',
  ],
  ...[
    '/interaction/abc/api/allow',
    '/approval/abc/api/begin',
    '/account/api/sign-in/begin',
    '/favicon.ico',
    '/_not-found',
    '/api',
  ],
]

const endings = [
  ...['', '', '', '/', '/%', '/%E0%A4%A', '/%00', '/%2e%2e/x', '/../x', '/./x', '//x', '\\x', '/\xff', '/%FF', '/%2F'],
  ...[
    '.rsc',
    '.json',
    '.segments/_tree.segment.rsc',
    '.segments/$x.segment.rsc',
    '.txt',
    '/x.rsc',
    '/[id]',
    '/$',
    ';x',
  ],
  ...[
    '?_rsc=abc',
    '?x=%',
    '?x=%E0%A4%A',
    '?__proto__=x',
    '?x[]=1&x=2',
    '?nxtPid=x',
    '?__nextLocale=x',
    '#x',
    '?',
    '?\xff',
  ],
  ...[
    '?url=%2Ficon.svg&w=64&q=75',
    '?code=x&state=y',
    '?client_id=x&redirect_uri=%',
    '/x'.repeat(200),
    `/${'x'.repeat(5_000)}`,
  ],
]

const wholes = [
  '*',
  'http://[::1/x',
  'http://x/playground',
  'http://x/v1/tenant',
  'https://x:99999/',
  '//',
  '/\\',
  'x:y',
  '/?',
]

const tree = (state: unknown) => encodeURIComponent(JSON.stringify(state))
const nested = (depth: number): unknown => ['', depth > 0 ? { children: nested(depth - 1) } : {}]

const headers: readonly [name: string, ...values: string[]][] = [
  ['RSC', '1', '0', '%'],
  [
    'Next-Router-State-Tree',
    'x',
    '%',
    '[]',
    tree(['']),
    tree(['', {}]),
    tree(nested(40)),
    tree(nested(5)),
    tree([['a', 'b', 'x', null], {}]),
  ],
  [
    'Next-Router-State-Tree',
    tree(['', { children: ['console', {}, null, 'refetch'] }]),
    tree(['', {}, null, 'x']),
    encodeURIComponent('["",{"__proto__":1}]'),
    '['.repeat(5_000),
  ],
  ['Next-Router-Prefetch', '1', '2', 'x'],
  ['Next-Router-Segment-Prefetch', '/_tree', '/x', '%', '../x'],
  ['Next-Url', '/', '/console/keys/%', '%', 'x'],
  ['Next-Action', 'x', 'a'.repeat(42), '%'],
  ['Next-Resume', '1'],
  ['X-Nextjs-Data', '1'],
  ['X-Nextjs-Postponed', '1'],
  ['X-Matched-Path', '/x', '%'],
  ['X-Invoke-Path', '/x', '%'],
  ['X-Invoke-Status', '500', 'x'],
  ['X-Now-Route-Matches', '1=%', 'x'],
  ['X-Prerender-Revalidate', 'x'],
  ['X-Middleware-Subrequest', 'proxy:proxy:proxy:proxy:proxy', 'x'],
  ['X-Middleware-Rewrite', '/x', 'http://x/'],
  ['X-Forwarded-Host', 'x', '[', 'x, y', '%'],
  ['X-Forwarded-Proto', 'https', 'gopher', ','],
  ['X-Forwarded-For', '%', 'x, y', '203.0.113.7', ','],
  ['Forwarded', 'for=x', ';;'],
  [
    'Cookie',
    '__prerender_bypass=x',
    'a=%E0%A4%A',
    '%=%',
    '=',
    ';;;',
    '__Host-console=%',
    '__next_preview_data=x',
    'x'.repeat(4_000),
  ],
  ['Accept', '*/*', 'text/x-component', 'application/json', 'x', ';q=x', ','],
  ['Accept-Encoding', 'gzip', 'br;q=x', 'x', '*;q=0', ','],
  ['Accept-Language', '%', 'x-y-z', ';'],
  ['Range', 'bytes=0-0', 'bytes=9-1', 'x', 'bytes=99999999-'],
  ['If-None-Match', '*', 'x', 'W/"x"'],
  ['If-Modified-Since', 'x', 'Thu, 01 Jan 1970 00:00:00 GMT'],
  [
    'Content-Type',
    'application/json',
    'multipart/form-data; boundary=x',
    'multipart/form-data',
    'x',
    'application/x-www-form-urlencoded',
  ],
  ['Content-Length', '0', '5', '+5', 'x'],
  ['Transfer-Encoding', 'chunked', 'gzip, chunked', 'x'],
  ['Expect', '100-continue', 'x'],
  ['Upgrade', 'websocket', 'h2c', 'x'],
  ['Authorization', 'Bearer x', 'Bearer a.b.c', 'DPoP a.b.c', 'Basic x', 'Basic eDo=', 'Bearer', '\xff'],
  ['X-API-Key', 'x', 'sk_test_x', '\xff'],
  ['X-User-Token', 'x', 'a.b.c'],
  ['DPoP', 'x', 'a.b.c'],
  ['Idempotency-Key', 'x', '"'],
  ['Origin', 'null', 'http://x', '%', '\xff'],
  ['Access-Control-Request-Method', 'PATCH', '%'],
  ['Sec-Fetch-Dest', 'document', 'image', 'x'],
  ['Traceparent', 'x', '00-0-0-00'],
  ['X-HTTP-Method-Override', 'DELETE'],
]

/** Numbers below a bound, as random as a test needs them and the same each time (a linear congruential generator). */
function numbers(start: number): (below: number) => number {
  let state = start
  return (below) => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
    return Math.floor((state / 2 ** 32) * below)
  }
}

interface Request {
  method: string
  target: string
  headers: [name: string, value: string][]
}

function* made(count: number): Generator<Request> {
  const below = numbers(seed)
  const oneOf = <T>(values: readonly T[]) => values[below(values.length)] as T
  for (let index = 0; index < count; index++) {
    const method = oneOf(methods)
    const target =
      below(20) === 0 ? oneOf(wholes) : `${oneOf(roots)}${oneOf(endings)}${below(4) === 0 ? oneOf(endings) : ''}`
    const some = Array.from({ length: below(5) }, () => oneOf(headers))
    yield { method, target, headers: some.map(([name, ...values]) => [name, oneOf(values)]) }
  }
}

function wire({ method, target, headers }: Request): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  return `${method} ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${lines}\r\n`
}

/** What Next's own server fails at before anything of ours is asked: `npm start` answers it in front of Next. */
function nextsOwn({ method, target, headers }: Request): boolean {
  const brokenApiPath = apiPath.test(target) && /%(?!2[eF])/.test(target)
  return (
    method === 'TRACE' ||
    brokenApiPath ||
    !target.startsWith('/') ||
    headers.some(([name]) => name === 'Next-Router-State-Tree')
  )
}

describe.each(['start', 'next'] as const)('%s', (mount) => {
  let server: Awaited<ReturnType<typeof serve>>
  beforeAll(async () => {
    server = await serve(mount)
  })
  afterAll(async () => {
    await server?.stop()
  })

  /** What a request is answered, and with the same headers whatever Next leads on to. */
  async function answersTo(request: Request): Promise<WireAnswer[]> {
    const body = request.headers.some(([name]) => /^(?:content-length|transfer-encoding)$/i.test(name))
    const ask = (target: string) =>
      overTheWire(server.port, wire({ ...request, target }), body ? [Buffer.from('12345')] : [])
    const answer = await ask(request.target)
    const [, location] = /^location: (\/\S*_rsc=\S*)/im.exec(answer.head) ?? []
    return location ? [answer, await ask(location)] : [answer]
  }

  test('whatever is asked, however, is not answered with a 5xx, and nothing is said that is no line of the log', async () => {
    if (mount === 'start') await expect.poll(() => server.output.join('')).toContain('Ctrl+C')
    const said = server.output.length
    const waiting = made(requests)
    const failed: string[] = []
    let answered = 0
    const ask = async () => {
      for (const request of waiting) {
        for (const { status } of await answersTo(request)) {
          if (status > 0) answered++
          if (status >= 500 && !(mount === 'next' && nextsOwn(request))) failed.push(`${status} ${wire(request)}`)
        }
      }
    }
    await Promise.all(Array.from({ length: atOnce }, ask))
    expect(failed).toEqual([])
    expect(answered).toBeGreaterThan(0.9 * requests)
    expect(server.child.exitCode).toBeNull()
    expect((await fetch(`${server.baseUrl}/playground`)).status).toBe(200)
    const lines = server.output.slice(said).join('').split('\n').filter(Boolean)
    if (mount === 'start') for (const line of lines) expect(JSON.parse(line)).toEqual(expect.anything())
  })
})
