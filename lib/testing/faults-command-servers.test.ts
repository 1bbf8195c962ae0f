import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { command, ended, started } from './command-run.ts'
import { weakServer } from './weak-server.ts'

// What the command says where a server is none that it can put to the test, and how it is stopped.

const folder = mkdtempSync(join(tmpdir(), 'faults-command-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function serving<Result>(answer: RequestListener, use: (url: string) => Promise<Result>): Promise<Result> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

const page: RequestListener = (_, answer) =>
  answer.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Hello</h1>')
const silent: RequestListener = () => undefined
const half: RequestListener = (_, answer) => {
  answer.writeHead(200, { 'content-type': 'application/json', 'content-length': '50' }).write('{')
  setImmediate(() => answer.destroy())
}
const broken: RequestListener = (_, answer) => answer.writeHead(500).end('{"error":"out of moons"}')

test.each([
  ['answers with HTML', page, 'answers with text/html, and not with JSON.'],
  ['says nothing', silent, 'does not answer in time.'],
  ['hangs up', half, 'cannot be reached ('],
  ['is broken', broken, 'answers 500 (out of moons).'],
])('of a server that %s it says so and ends with 2', async (_, answer, said) => {
  const { code, stderr } = await serving(answer, (url) =>
    command('--url', url, '--preset', 'simplewebauthn', '--timeout', '0.5'),
  )
  expect([code, stderr]).toEqual([2, expect.stringContaining(`/generate-registration-options ${said}`)])
  expect(stderr.trim().split('\n')).toHaveLength(1)
})

const endless: RequestListener = (_, answer) => {
  answer.writeHead(200, { 'content-type': 'application/json' })
  const more = () => {
    while (answer.write(' '.repeat(64 * 1024)));
  }
  answer.on('drain', more)
  more()
}
const commanding: RequestListener = (_, answer) =>
  answer.writeHead(200, { 'content-type': 'application/json' }).end(
    JSON.stringify({
      ...{ challenge: 'AAAA', rp: { id: 'localhost' }, pubKeyCredParams: [{ alg: -7 }], user: { id: 'AAAA' } },
      ...{ verified: true, rpId: 'localhost', allowCredentials: [{ id: 'x' }] },
      extensions: { prf: { evalByCredential: {} } },
    }).replace('"evalByCredential":{}', '"eval":{},"evalByCredential":{"\\u001b[2J\\u009b31m":{}}'),
  )

test('an answer without an end is not read to its end, and what a server says commands no terminal', async () => {
  const words = (url: string) => ['--url', url, '--preset', 'simplewebauthn']
  const long = await serving(endless, (url) => command(...words(url)))
  expect([long.code, long.stderr]).toEqual([2, expect.stringContaining('answers with more than 1,000,000 characters.')])
  const told = await serving(
    (request, answer) =>
      request.url?.includes('registration-options')
        ? answer
            .writeHead(200)
            .end('{"challenge":"AAAA","rp":{},"user":{"id":"AAAA"},"pubKeyCredParams":[{"alg":-7}],"extensions":null}')
        : commanding(request, answer),
    (url) => command(...words(url)),
  )
  expect([told.code, told.stderr]).toEqual([2, expect.stringContaining('which is no ID in allowCredentials')])
  expect(told.stdout + told.stderr).not.toMatch(/[^\P{C}\n]/u)
})

test('neither a key that is none nor a mapping that is none is repeated', async () => {
  const words = ['--url', 'http://127.0.0.1:1', '--api-key', 'sk_test_hush\nhush']
  const { code, stdout, stderr } = await command(...words)
  expect([code, stderr]).toEqual([2, expect.stringContaining('The header “authorization” is none')])
  const mapping = join(folder, 'mapping.json')
  writeFileSync(mapping, '{"headers":{"authorization":"Bearer hush"]')
  const none = await command('--url', 'http://127.0.0.1:1', '--mapping', mapping)
  expect([none.code, none.stderr]).toEqual([2, `${mapping} cannot be read as JSON: it is none\n`])
  expect(stdout + stderr + none.stdout + none.stderr).not.toContain('hush')
})

test('a page in place of an answer is no verdict: nothing is called accepted', async () => {
  const mixed: RequestListener = (request, answer) =>
    request.method === 'POST'
      ? page(request, answer)
      : answer.writeHead(200, { 'content-type': 'application/json' }).end(
          JSON.stringify({
            ...{ challenge: 'AAAA', rp: { id: 'localhost', name: 'Acme' }, pubKeyCredParams: [{ alg: -7 }] },
            user: { id: 'AAAA', name: 'ada', displayName: 'Ada' },
          }),
        )
  const { code, stdout, stderr } = await serving(mixed, (url) =>
    command(...['--url', url, '--register-begin', '/a', '--register-finish', '/b', '--preset', 'simplewebauthn']),
  )
  expect([code, stderr]).toEqual([2, expect.stringContaining('/b answers with a page, which is no verdict.')])
  expect(stdout).not.toContain('ACCEPTED')
})

test('a key of the environment does not go where another flag leads, and that is said', async () => {
  const keys: (string | undefined)[] = []
  const noted: RequestListener = (request, answer) => {
    keys.push(request.headers.authorization)
    broken(request, answer)
  }
  await serving(noted, async (url) => {
    const words = ['--url', 'http://127.0.0.1:1', '--register-begin', `${url}/begin`]
    const { code, stdout } = await ended(started(words, { PLAYGROUND_API_KEY: 'sk_test_secret' }))
    expect([code, stdout]).toEqual([2, expect.stringContaining(`The key does not go to ${url}.`)])
    await ended(started(['--url', url], { PLAYGROUND_API_KEY: 'sk_test_secret' }))
  })
  expect(keys).toEqual([undefined, 'Bearer sk_test_secret'])
})

test('a report goes to a folder that is not there yet; Ctrl-C ends it with what was tried until then', async () => {
  const weak = await weakServer()
  const output = join(folder, 'reports/of/today/faults.xml')
  const words = ['--url', weak.url, '--preset', 'simplewebauthn', '--report', 'junit', '--output', output]
  const child = started([...words, '--late', '600'])
  // All is tried but what waits ten minutes, or as much as it came to.
  child.stdout.on('data', (chunk) => {
    if (String(chunk).includes('answered-twice')) child.kill('SIGINT')
  })
  const { code, stdout, stderr } = await ended(child)
  weak.close()
  expect([code, stderr]).toEqual([130, ''])
  expect(stdout).toMatch(/^Stopped: \d+ of \d+ caught, \d+ accepted, \d+ not tried$/m)
  const report = readFileSync(output, 'utf8')
  expect(report).toContain('<skipped message="Stopped before it was tried."/>')
  expect(report.match(/<testcase /g)).toHaveLength(Number(/of (\d+) caught/.exec(stdout)?.[1]))
})

test('who reads no further than its first words gets the code that is true', async () => {
  const weak = await weakServer()
  const codeOf = async (fault: string) => {
    const child = started(['--url', weak.url, '--preset', 'simplewebauthn', '--only', fault])
    child.stdout.destroy()
    const code = await new Promise((resolve) => child.once('exit', resolve))
    child.stderr.destroy()
    return code
  }
  expect([await codeOf('bit-flipped'), await codeOf('cross-origin')]).toEqual([0, 1])
  weak.close()
})
