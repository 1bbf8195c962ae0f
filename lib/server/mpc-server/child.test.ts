import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { expect, test, vi } from 'vitest'
import { runScript } from '../../setup/run-script.ts'
import { freePort, serve } from '../../setup/serve.ts'

vi.setConfig({ testTimeout: 60_000 })

const readiness = async (baseUrl: string) => (await fetch(`${baseUrl}/readyz`)).json() as Promise<object>

/** What the system says of processes. */
async function ps(...options: string[]): Promise<string> {
  const child = spawn('ps', options)
  let text = ''
  child.stdout.on('data', (chunk) => {
    text += chunk
  })
  await new Promise((resolve) => child.once('close', resolve))
  return text
}

async function processesOf(parent: number): Promise<number[]> {
  const pids = await ps('-o', 'pid=', '--ppid', String(parent))
  return pids.split(/\s+/).filter(Boolean).map(Number)
}

test('the MPC server starts beside the web server, is said and ready, comes back after it was killed, and ends with it', async () => {
  const port = await freePort()
  const secret = 'of the web server, and of nobody else'
  const server = await serve('start', { MPC: 'on', MPC_PORT: String(port), ROOT_SECRET: secret })
  await expect.poll(() => server.output.join('')).toContain('Ctrl+C')
  expect(server.output.join('')).toContain(`MPC server    http://localhost:${port}`)
  expect(await readiness(server.baseUrl)).toMatchObject({ status: 'ok', mpc: 'ok' })
  const health = () =>
    fetch(`http://localhost:${port}/grpc.health.v1.Health/Check`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    }).then((answer) => answer.json(), String)
  await expect.poll(health).toEqual({ status: 'SERVING' })

  const [child = 0] = await processesOf(server.child.pid ?? 0)
  const environmentOf = (pid = 0) => ps('eww', '-o', 'command=', '-p', String(pid))
  expect(await environmentOf(server.child.pid)).toContain(secret)
  expect(await environmentOf(child)).toContain(`MPC_PORT=${port}`)
  expect(await environmentOf(child)).not.toContain(secret)
  process.kill(child, 'SIGKILL')
  await expect.poll(() => readiness(server.baseUrl), { interval: 5 }).toMatchObject({ status: 'degraded', mpc: 'down' })
  await expect.poll(() => readiness(server.baseUrl)).toMatchObject({ status: 'ok', mpc: 'ok' })
  await expect.poll(health).toEqual({ status: 'SERVING' })

  expect(await server.stop()).toBe(0)
  expect(await health()).toMatch(/fetch failed/)
})

test('a web server that is killed leaves no MPC server behind', async () => {
  const port = await freePort()
  const server = await serve('start', { MPC: 'on', MPC_PORT: String(port) })
  const [child = 0] = await processesOf(server.child.pid ?? 0)
  await server.stop('SIGKILL')
  const lives = () => {
    try {
      return process.kill(child, 0)
    } catch {
      return false
    }
  }
  await expect.poll(lives).toBe(false)
})

test('a taken MPC_PORT is one sentence, and nothing is left running', async () => {
  const taken = createServer()
  const port = await freePort()
  await new Promise<void>((resolve) => taken.listen(port, resolve))
  const settings = { MPC: 'on', MPC_PORT: String(port), PORT: String(await freePort()) }
  const { code, stderr } = await runScript('lib/server/main.ts', [], settings)
  expect(code).toBe(1)
  expect(stderr.trim().split('\n')).toHaveLength(1)
  expect(stderr).toMatch(new RegExp(`^Port ${port} is in use\\. .*MPC_PORT=${port + 1}`))
  taken.close()
})

test.each([
  [{ MPC_ENVIRONMENTS: 'staging' }, 'MPC_ENVIRONMENTS must be test, live or both'],
  [{ MPC_ISSUER: 'ftp://x' }, 'MPC_ISSUER must be an http(s) URL'],
  [{ MPC_TLS_CERT: '/nowhere' }, 'MPC_TLS_CERT and MPC_TLS_KEY must be set together.'],
  [{ MPC_TLS_CERT: '/nowhere', MPC_TLS_KEY: '/nowhere' }, 'MPC_TLS_CERT /nowhere cannot be used: it is not there.'],
  [{ MPC_SECRET: 'short' }, 'MPC_SECRET must have at least 32 characters'],
])('the MPC server alone says of %o what is wrong, and does not start', async (settings, words) => {
  const port = String(await freePort())
  const { code, stderr } = await runScript('lib/mpc/server/main.ts', [], { MPC_PORT: port, ...settings })
  expect(code).toBe(1)
  expect(stderr).toContain(words)
  expect(stderr).not.toContain('    at ')
})
