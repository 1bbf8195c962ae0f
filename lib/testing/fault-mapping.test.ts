import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { httpTarget } from '#lib/webauthn/faults/index.ts'
import { type MappingWishes, mappingOf } from './fault-mapping.ts'
import { withCookies } from './with-cookies.ts'

// Two servers, and what arrives at each of them.

type Heard = { line: string; headers: IncomingHttpHeaders }

/** Answers with options, or says where to go instead. */
async function listening(goTo: Record<string, [status: number, location: () => string]> = {}) {
  const heard: Heard[] = []
  const server = createServer(({ method, url = '', headers }, answer) => {
    heard.push({ line: `${method} ${url}`, headers })
    const [status, location] = goTo[url] ?? []
    const more = { 'set-cookie': `seen=${url.slice(1)}; Path=/` }
    if (status && location) return answer.writeHead(status, { ...more, location: location() }).end()
    answer
      .writeHead(200, { ...more, 'content-type': 'application/json' })
      .end('{"challenge":"AAAA","publicKey":{"challenge":"AAAA"}}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, heard, close: () => server.close() }
}

let home: Awaited<ReturnType<typeof listening>>
let other: typeof home
beforeAll(async () => {
  other = await listening()
  home = await listening({
    '/moved': [307, () => '/there'],
    '/seen': [303, () => '/there'],
    '/away': [307, () => `${other.url}/caught`],
    '/around': [302, () => '/around'],
  })
})
afterAll(() => {
  home.close()
  other.close()
})
beforeEach(() => {
  home.heard.length = 0
  other.heard.length = 0
})

const credential = { id: 'AAAA' } as Parameters<ReturnType<typeof httpTarget>['finish']>[2]
const target = (wishes: Partial<MappingWishes>) =>
  httpTarget(mappingOf({ preset: 'playground', url: home.url, apiKey: 'sk_test_secret', ...wishes }), {
    fetch: withCookies(),
    wait: async () => undefined,
  })
const begin = (wishes: Partial<MappingWishes>) => target(wishes).begin('registration', { username: 'ada' })
const all = () => JSON.stringify([home.heard, other.heard])

test('the key goes to the server of --url, and to no other that a flag names', async () => {
  const { begin, finish } = target({ registerBegin: `${other.url}/begin`, authenticateFinish: `${other.url}/finish` })
  await begin('registration', { username: 'ada' })
  await finish('registration', undefined, credential)
  await begin('authentication', { username: 'ada' })
  await finish('authentication', undefined, credential)
  const keys = ({ heard }: typeof home) => heard.map(({ line, headers }) => [line, headers.authorization])
  expect(keys(home)).toEqual([
    ['POST /v1/passkeys/register/finish', 'Bearer sk_test_secret'],
    ['POST /v1/passkeys/authenticate/begin', 'Bearer sk_test_secret'],
  ])
  expect(keys(other)).toEqual([
    ['POST /begin', undefined],
    ['POST /finish', undefined],
  ])
  expect(JSON.stringify(other.heard)).not.toContain('secret')
})

test('without --url, or with an API of another kind, the key goes nowhere', async () => {
  const urls = { registerBegin: `${home.url}/a`, registerFinish: `${home.url}/b` }
  const whole = { ...urls, authenticateBegin: `${home.url}/c`, authenticateFinish: `${home.url}/d` }
  const { url: _, ...wishes } = { preset: 'playground', apiKey: 'sk_test_secret', url: '', ...whole } as const
  await httpTarget(mappingOf(wishes), { wait: async () => undefined }).begin('registration', { username: 'ada' })
  await begin({ preset: 'simplewebauthn' })
  expect(home.heard.map(({ line }) => line)).toEqual(['POST /a', 'GET /generate-registration-options'])
  expect(all()).not.toContain('secret')
})

test('a redirect to another server is followed by nothing, and said', async () => {
  await expect(begin({ registerBegin: '/away' })).rejects.toThrow(
    `${home.url}/away is redirected to ${other.url}, and nothing is sent there: give the URL that is meant.`,
  )
  expect(home.heard).toMatchObject([{ line: 'POST /away', headers: { authorization: 'Bearer sk_test_secret' } }])
  expect(other.heard).toEqual([])
})

test('a redirect within the server is followed, with key and cookies, and its body where HTTP has it so', async () => {
  await begin({ registerBegin: '/moved' })
  await begin({ registerBegin: '/seen' })
  const to = home.heard.filter(({ line }) => line.endsWith('/there'))
  expect(to.map(({ line, headers }) => [line, headers['content-type'], headers.cookie, headers.authorization])).toEqual(
    [
      ['POST /there', 'application/json', 'seen=moved', 'Bearer sk_test_secret'],
      ['GET /there', undefined, 'seen=seen', 'Bearer sk_test_secret'],
    ],
  )
  await expect(begin({ registerBegin: '/around' })).rejects.toThrow('/around is redirected more than 5 times.')
})

test.each([
  ['a password in a URL', { url: 'http://ada:hush@localhost' }, 'A URL takes no password'],
  ['a base that is none', { url: 'acme' }, '--url “acme” is no http or https URL: write it whole, such as'],
  [
    'a base without its scheme',
    { url: 'localhost:3000' },
    '--url “localhost:3000” is no http or https URL: write it whole',
  ],
  ['a scheme of another kind', { registerBegin: 'file:///etc/passwd' }, 'is no http or https URL'],
])('%s is refused, and not repeated where it is secret', (_, wishes, words) => {
  const attempt = () => mappingOf({ preset: 'playground', url: home.url, apiKey: 'sk_test_x', ...wishes })
  expect(attempt).toThrow(words)
  expect(attempt).not.toThrow('hush')
})
