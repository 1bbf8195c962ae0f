import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test, vi } from 'vitest'
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

describe('the server says', () => {
  test('where it is, with which keys to try it, and how to stop it', async () => {
    const server = await serve('start')
    await expect.poll(() => server.output.join('')).toContain('Ctrl+C')
    const text = server.output.join('')
    expect(text).toContain(`${server.baseUrl}/playground`)
    expect(text).toContain(`${server.baseUrl}/v1`)
    expect(text).toMatch(/Acme Wallet +sk_test_/)
    expect(text).toMatch(/Globex Pay +sk_test_/)
    expect((await clientOf(server).tenant()).tenant.name).toBe('Acme Wallet')
    expect(await server.stop()).toBe(0)
  })

  test('nothing else: its first words are its own, and so are all that follow', async () => {
    const server = await serve('start')
    await expect.poll(() => server.output.join('')).toContain('Ctrl+C')
    expect(server.output.join('')).toMatch(/^\n {2}WebAuthn Playground is ready\.\n(?:\n| {2,4}\S.*\n)+$/)
    expect(server.output.join('')).not.toMatch(/next/i)
    await server.stop()
  })

  test('how the first member of a tenant gets into its Console at the first start, and to a terminal at each', async () => {
    const settings = { DATA_DIR: newDirectory(), BASE_URL: 'http://localhost:3000' }
    const link = /(?:Acme Wallet|Globex Pay) +http:\S+\/console\/join#[\w-]{43}(?=\s)/g
    const saidToLog = async () => {
      const server = await serve('start', settings)
      await expect.poll(() => server.output.join('')).toContain('Ctrl+C')
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
    const first = await saidToLog()
    expect(first).toHaveLength(2)
    expect(await saidToLog()).toBeNull()
    if (process.platform === 'linux') expect(await saidToTerminal()).toEqual(first)
  })

  test('no key where there is no demo, but the first steps', async () => {
    const server = await serve('start', { DEMO: 'off' })
    await expect.poll(() => server.output.join('')).toContain('Ctrl+C')
    expect(server.output.join('')).not.toMatch(/sk_/)
    expect(server.output.join('')).toContain('tenants create')
    expect(await (await fetch(`${server.baseUrl}/playground`)).text()).not.toMatch(/sk_(?:test|live)_[0-9A-Za-z]{12}_/)
    expect(await server.stop('SIGINT')).toBe(0)
  })

  test('in one sentence that its port is in use', async () => {
    const first = await serve('start')
    const second = await runScript('lib/server/main.ts', [], { PORT: String(first.port), DATA_DIR: newDirectory() })
    expect(second.code).toBe(1)
    expect(second.stderr.trim().split('\n')).toHaveLength(1)
    expect(second.stderr).toMatch(new RegExp(`^Port ${first.port} is in use\\. .*PORT=${first.port + 1} npm start`))
    expect((await fetch(`${first.baseUrl}/readyz`)).status).toBe(200)
    await first.stop()
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
  const [one, all] = await Promise.all([serve('start', { HOST: '127.0.0.1' }), serve('start')])
  const ask = ({ port }: Server, host: string) =>
    fetch(`http://${host}:${port}/livez`).then(
      ({ status }) => status,
      ({ cause }) => cause.code,
    )
  expect([await ask(one, '127.0.0.1'), await ask(one, '127.0.0.2')]).toEqual([200, 'ECONNREFUSED'])
  expect([await ask(all, '127.0.0.1'), await ask(all, '127.0.0.2')]).toEqual([200, 200])
  await Promise.all([one.stop(), all.stop()])
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
  const [one, other] = await Promise.all([serve('start'), serve('start')])
  await expect.poll(() => [one, other].every(({ output }) => output.join('').includes('Ctrl+C'))).toBe(true)
  const [mine, theirs] = [clientOf(one), clientOf(other)]
  expect((await mine.tenant()).relyingParty.origins).toEqual([one.baseUrl])
  expect((await theirs.tenant()).relyingParty.origins).toEqual([other.baseUrl])
  const crossed = new Client({ baseUrl: other.baseUrl, apiKey: one.output.join('').match(demoKey)?.[0] ?? '' })
  await expect(crossed.tenant()).rejects.toMatchObject({ code: 'api_key_invalid' })
  await Promise.all([one.stop(), other.stop()])
})

test.each(['SIGTERM', 'SIGKILL'] as const)('what was begun before %s goes on after it', async (signal) => {
  const settings = { DATA_DIR: newDirectory(), PORT: String(await freePort()) }
  const first = await serve('start', settings)
  await expect.poll(() => first.output.join('')).toContain('Ctrl+C')
  const { passkeys } = clientOf(first)
  const authenticator = new SoftwareAuthenticator({ origin: first.baseUrl })
  const register = async (username: string) => {
    const { ceremonyId, publicKey } = await passkeys.register.begin({ username })
    return { ceremonyId, credential: authenticator.create(publicKey) }
  }
  const signIn = async () => {
    const { ceremonyId, publicKey } = await passkeys.authenticate.begin({ username: 'ada' })
    return { ceremonyId, credential: authenticator.get(publicKey) }
  }
  const { user } = await passkeys.register.finish(await register('ada'))
  const { token } = await passkeys.authenticate.finish(await signIn())
  const begun = [await register('bob'), await signIn()] as const
  await first.stop(signal)

  const second = await serve('start', settings)
  expect((await passkeys.register.finish(begun[0])).user.username).toBe('bob')
  expect((await passkeys.authenticate.finish(begun[1])).user).toEqual(user)
  expect((await passkeys.list({}, { userToken: token })).data).toHaveLength(1)
  await second.stop(signal)
})

const directories: string[] = []
afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true })
})

function newDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'playground-kept-'))
  directories.push(directory)
  return directory
}
