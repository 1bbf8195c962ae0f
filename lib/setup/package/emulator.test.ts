import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { preparePackages, root } from '../preparation.ts'
import { wheelName } from './wheel.mjs'

// The emulator of the package for tests, unpacked where it finds our own packages beside it.

vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 })

const place = join(root, 'dist/emulator-test')
const cache = join(root, 'node_modules/.cache/node')
const temporary = mkdtempSync(join(tmpdir(), 'emulator-'))

/** A suite: what came of it is a line of JSON; then it goes on, until it is killed. */
const suite = `
import { readFileSync } from 'node:fs'
import { SoftwareAuthenticator } from './package/authenticator.js'
import { emulator } from './package/emulator.js'

const said = (promise) => promise.then(() => 'done', ({ message }) => message)
const get = (url, path, key) => fetch(url + path, key ? { headers: { authorization: 'Bearer ' + key } } : {})
const [one, two] = await Promise.all([
  emulator({ log: process.argv[2], mpc: true, users: ['ada', 'bea'] }),
  emulator({ tenant: { name: 'Globex Pay', slug: 'globex', origins: ['https://pay.globex.example'] } }),
])
const [taken, refused] = await Promise.all([
  said(emulator({ port: Number(new URL(one.url).port) })),
  said(emulator({ tenant: { slug: 'No Slug' } })),
])
const made = await two.admin('keys', 'create', '--tenant', 'globex', '--type', 'test', '--name', 'mine', '--scopes', 'usage:read')
const signsIn = async (username) => {
  const authenticator = new SoftwareAuthenticator({ origin: one.url, counts: false })
  authenticator.credentials.import(one.passkeys[username])
  const post = async (step, body) => (await fetch(one.url + '/v1/passkeys/authenticate/' + step, { method: 'POST', headers: { authorization: 'Bearer ' + one.apiKey, 'content-type': 'application/json' }, body: JSON.stringify(body) })).json()
  const { ceremonyId, publicKey } = await post('begin', { username })
  const { user } = await post('finish', { ceremonyId, credential: authenticator.get(publicKey) })
  return user.username
}
const answers = {
  tenants: await Promise.all([one, two].map(async ({ url, apiKey }) => (await (await get(url, '/v1/tenant', apiKey)).json()).tenant)),
  told: [one.tenant, two.tenant],
  live: (await (await get(one.url, '/v1/tenant', one.liveKey)).json()).environment,
  ada: await signsIn('ada'),
  elsewhere: (await get(two.url, '/v1/tenant', one.apiKey)).status,
  made: (await get(two.url, '/v1/tenant', made.secret)).status,
  wrong: await said(two.admin('tenants', 'create', '--name', 'Again', '--slug', 'globex')),
  pages: await Promise.all(['/playground', '/console', '/.well-known/openid-configuration'].map(async (path) => (await get(two.url, path)).status)),
  script: (await get(one.url, /src="(\\/_next\\/static\\/[^"]+\\.js)"/.exec(await (await get(one.url, '/playground')).text())[1])).status,
  packages: await Promise.all((await (await get(two.url, '/downloads')).json()).data.map(async ({ file, bytes }) => {
    const whole = await (await get(two.url, '/downloads/' + file)).arrayBuffer()
    return [file, whole.byteLength === bytes]
  })),
  ready: await (await get(one.url, '/readyz')).json(),
  taken, refused,
}
await two.stop()
answers.stopped = await said(get(two.url, '/readyz'))
answers.log = readFileSync(process.argv[2], 'utf8').includes('"path":"/v1/tenant"')
console.log(JSON.stringify({ ...answers, url: one.url }))
setInterval(() => {}, 1_000)
`

beforeAll(async () => {
  await preparePackages()
  mkdirSync(place, { recursive: true })
  expect(spawnSync('tar', ['xzf', join(root, 'dist/packages/testing.tgz'), '-C', place]).status).toBe(0)
  writeFileSync(join(place, 'suite.mjs'), suite)
})
afterAll(() => {
  for (const folder of [place, temporary]) rmSync(folder, { recursive: true, force: true })
})

test('several servers run beside each other, each with its own; one ends by stop, all with the suite that is killed', async () => {
  const log = join(temporary, 'log')
  const child = spawn(process.execPath, [join(place, 'suite.mjs'), log], {
    // No setting of the suite's is one of the server's.
    env: {
      ...process.env,
      NODE_COMPILE_CACHE: cache,
      TMPDIR: temporary,
      DEMO: 'nonsense',
      BASE_URL: 'nonsense',
      ROOT_SECRET: 'x',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const failed = once(child, 'exit').then(() => Promise.reject(new Error('The suite ended by itself.')))
  const [line] = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), failed])
  failed.catch(() => undefined)
  const { url, taken, refused, told, ...answers } = JSON.parse(line)
  const own = [
    { id: expect.stringMatching(/^tnt_/), name: 'Acme Wallet', slug: 'suite' },
    { id: expect.stringMatching(/^tnt_/), name: 'Globex Pay', slug: 'globex' },
  ]
  expect(told).toEqual(own)
  expect(answers).toEqual({
    tenants: own,
    live: 'live',
    ada: 'ada',
    elsewhere: 401,
    made: 200,
    wrong: 'A tenant with the slug “globex” exists already.',
    pages: [200, 200, 200],
    script: 200,
    packages: [
      ['sdk.tgz', true],
      [wheelName, true],
    ],
    ready: expect.objectContaining({ status: 'ok' }),
    stopped: 'fetch failed',
    log: true,
  })
  expect(taken).toContain(`Port ${new URL(url).port} is in use.`)
  expect(refused).toContain('The emulator did not start')
  expect(refused).toContain('slug')

  const kept = () => readdirSync(temporary).filter((name) => name.startsWith('webauthn-playground-'))
  expect(kept()).not.toEqual([])
  child.kill('SIGKILL')
  await expect
    .poll(() =>
      fetch(`${url}/readyz`).then(
        () => 'up',
        () => 'down',
      ),
    )
    .toBe('down')
  await expect.poll(kept).toEqual([])
})
