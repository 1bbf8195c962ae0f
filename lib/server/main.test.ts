import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { Client } from '#lib/sdk/client.ts'
import { isolated } from '../setup/isolated.ts'
import { runScript } from '../setup/run-script.ts'
import { freePort, serve } from '../setup/serve.ts'
import { SoftwareAuthenticator } from '../testing/authenticator.ts'

// A server takes about a second to start on a quiet machine.
vi.setConfig({ testTimeout: 60_000 })

const demoKey = /sk_test_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}/g
type Server = Awaited<ReturnType<typeof serve>>

function clientOf(server: Server): Client {
  return new Client({ baseUrl: server.baseUrl, apiKey: server.output.join('').match(demoKey)?.[0] ?? '' })
}

/** A server that has said all that it says at its start. */
async function started(settings?: Record<string, string>): Promise<Server> {
  const server = await serve('start', settings)
  await vi.waitUntil(() => server.output.join('').includes('Ctrl+C'), { timeout: 15_000 })
  return server
}

// A start costs seconds, so most tests look at these two: each with a port and a directory of its own.
let here: Server
let loopback: Server
beforeAll(async () => {
  ;[here, loopback] = await Promise.all([started({ DATA_DIR: newDirectory() }), started({ HOST: '127.0.0.1' })])
})
afterAll(async () => {
  await Promise.all([here.stop(), loopback.stop()])
  for (const directory of directories) rmSync(directory, { recursive: true, force: true })
})

describe('the server says', () => {
  test('where it is, with which keys to try it, and how to stop it', async () => {
    const text = here.output.join('')
    expect(text).toContain(`${here.baseUrl}/playground`)
    expect(text).toContain(`${here.baseUrl}/v1`)
    expect(text).toMatch(/Acme Wallet +sk_test_/)
    expect(text).toMatch(/Globex Pay +sk_test_/)
    expect((await clientOf(here).tenant()).tenant.name).toBe('Acme Wallet')
  })

  test('nothing else: its first words are its own, and so are all that follow', () => {
    expect(here.output.join('')).toMatch(/^\n {2}WebAuthn Playground is ready\.\n(?:\n| {2,4}\S.*\n)+$/)
    expect(here.output.join('')).not.toMatch(/next/i)
  })

  test('how the first member of a tenant gets into its Console at the first start, and to a terminal at each', async () => {
    const link = /(?:Acme Wallet|Globex Pay) +http:\S+\/console\/join#[\w-]{43}(?=\s)/g
    const settings = { DATA_DIR: here.dataDir, BASE_URL: here.baseUrl }
    const saidToLog = async () => {
      const server = await started(settings)
      await server.stop()
      return server.output.join('').match(link)
    }
    const saidToTerminal = async () => {
      const env = { ...process.env, ...settings, NODE_ENV: 'production' as const, PORT: String(await freePort()) }
      const child = spawn('script', ['-qefc', `"${process.execPath}" lib/server/main.ts`, '/dev/null'], { env })
      let said = ''
      child.stdout.on('data', (chunk) => {
        said += chunk
      })
      await expect.poll(() => said).toContain('Ctrl+C')
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.stdin.end('\u0003')
      await ended
      return said.match(link)
    }
    const first = here.output.join('').match(link)
    expect(first).toHaveLength(2)
    expect(await saidToLog()).toBeNull()
    if (process.platform === 'linux') expect(await saidToTerminal()).toEqual(first)
  })

  test('no key where there is no demo, but the first steps', async () => {
    const server = await started({ DEMO: 'off' })
    expect(server.output.join('')).not.toMatch(/sk_/)
    expect(server.output.join('')).toContain('tenants create')
    expect(await (await fetch(`${server.baseUrl}/playground`)).text()).not.toMatch(/sk_(?:test|live)_[0-9A-Za-z]{12}_/)
    expect(await server.stop('SIGINT')).toBe(0)
  })

  test('in one sentence that its port is in use', async () => {
    const second = await runScript('lib/server/main.ts', [], { PORT: String(here.port), DATA_DIR: newDirectory() })
    expect(second.code).toBe(1)
    expect(second.stderr.trim().split('\n')).toHaveLength(1)
    expect(second.stderr).toMatch(new RegExp(`^Port ${here.port} is in use\\. .*PORT=${here.port + 1} npm start`))
    expect((await fetch(`${here.baseUrl}/readyz`)).status).toBe(200)
  })

  test('in one sentence that it cannot listen where it is told to', async () => {
    const settings = { PORT: String(await freePort()), DATA_DIR: newDirectory(), HOST: '203.0.113.1' }
    const { code, stderr } = await runScript('lib/server/main.ts', [], settings)
    expect([code, stderr.trim()]).toEqual([1, expect.stringMatching(/^HOST names no address of this machine\.[^\n]*$/)])
  })

  test('every setting that is not valid, at once, and no value of theirs', async () => {
    const bad = { PORT: 'abc', BASE_URL: 'nowhere', ROOT_SECRET: 'swordfish', DEMO: 'perhaps', LOG_LEVEL: 'loud' }
    const { code, stderr } = await runScript('lib/server/main.ts', [], { ...bad, DATABASE_URL: 'postgres://x' })
    expect(code).toBe(1)
    for (const name of [...Object.keys(bad), 'DATABASE_URL']) expect(stderr).toMatch(new RegExp(`^ {2}${name} `, 'm'))
    for (const value of Object.values(bad)) expect(stderr).not.toContain(value)
    expect(stderr).not.toMatch(/^\s+at /m)
  })
})

test.runIf(process.platform === 'linux')('HOST says where it listens, and it listens nowhere else', async () => {
  const ask = ({ port }: Server, host: string) =>
    fetch(`http://${host}:${port}/livez`).then(
      ({ status }) => status,
      ({ cause }) => cause.code,
    )
  expect([await ask(loopback, '127.0.0.1'), await ask(loopback, '127.0.0.2')]).toEqual([200, 'ECONNREFUSED'])
  expect([await ask(here, '127.0.0.1'), await ask(here, '127.0.0.2')]).toEqual([200, 200])
})

test('a request that comes while the server starts is answered', async () => {
  const answers: Promise<number | undefined>[] = []
  const port = await freePort()
  const knocking = setInterval(() => {
    const answer = fetch(`http://localhost:${port}/livez`, { signal: AbortSignal.timeout(30_000) })
    answers.push(
      answer.then(
        ({ status }) => status,
        (error) => (error.name === 'TimeoutError' ? 0 : undefined),
      ),
    )
  }, 20)
  const server = await serve('start', { PORT: String(port) })
  clearInterval(knocking)
  const heard = (await Promise.all(answers)).filter((status) => status !== undefined)
  expect(new Set(heard)).toEqual(new Set([200]))
  await server.stop()
})

test('npm start’s Ctrl+C comes to its whole group, and ends the server once, with 0', async () => {
  const [port, DATA_DIR] = [String(await freePort()), newDirectory()]
  const env = { ...process.env, ...isolated(DATA_DIR), PORT: port, BASE_URL: '' }
  const child = spawn(process.execPath, ['lib/setup/start.mjs'], { env, detached: true })
  let said = ''
  child.stdout.on('data', (chunk) => {
    said += chunk
  })
  await expect.poll(() => said, { timeout: 50_000 }).toContain('Ctrl+C')
  const ended = new Promise((resolve) => child.once('exit', resolve))
  process.kill(-(child.pid as number), 'SIGINT')
  expect(await ended).toBe(0)
  await expect(fetch(`http://localhost:${port}/livez`)).rejects.toThrow()
})

test('two servers with a port and a directory each know nothing of each other', async () => {
  expect((await clientOf(here).tenant()).relyingParty.origins).toEqual([here.baseUrl])
  expect((await clientOf(loopback).tenant()).relyingParty.origins).toEqual([loopback.baseUrl])
  const crossed = new Client({ baseUrl: loopback.baseUrl, apiKey: here.output.join('').match(demoKey)?.[0] ?? '' })
  await expect(crossed.tenant()).rejects.toMatchObject({ code: 'api_key_invalid' })
})

test('what was begun before SIGTERM, or SIGKILL, goes on after it', async () => {
  const settings = { DATA_DIR: newDirectory(), PORT: String(await freePort()) }
  let server = await started(settings)
  const { passkeys } = clientOf(server)
  const authenticator = new SoftwareAuthenticator({ origin: server.baseUrl })
  const register = async (username: string) => {
    const { ceremonyId, publicKey } = await passkeys.register.begin({ username })
    return { ceremonyId, credential: authenticator.create(publicKey) }
  }
  const signIn = async () => {
    const { ceremonyId, publicKey } = await passkeys.authenticate.begin({ username: 'ada' })
    return { ceremonyId, credential: authenticator.get(publicKey) }
  }
  const { user } = await passkeys.register.finish(await register('ada'))
  for (const [signal, code] of [
    ['SIGTERM', 0],
    ['SIGKILL', null],
  ] as const) {
    const { token } = await passkeys.authenticate.finish(await signIn())
    const begun = [await register(`before ${signal}`), await signIn()] as const
    expect(await server.stop(signal)).toBe(code)

    server = await started(settings)
    expect((await passkeys.register.finish(begun[0])).user.username).toBe(`before ${signal}`)
    expect((await passkeys.authenticate.finish(begun[1])).user).toEqual(user)
    expect((await passkeys.list({}, { userToken: token })).data).toHaveLength(1)
  }
  await server.stop()
})

const directories: string[] = []

function newDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'playground-kept-'))
  directories.push(directory)
  return directory
}
