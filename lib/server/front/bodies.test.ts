import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { serve } from '../../setup/serve.ts'
import { overTheWire } from '../../setup/wire.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

const mebibyte = 1024 * 1024
const limit = 64 * mebibyte
const form = 'Content-Type: application/x-www-form-urlencoded\r\n'

describe.each(['start', 'next'] as const)('%s', (mount) => {
  let server: Awaited<ReturnType<typeof serve>>
  beforeAll(async () => {
    server = await serve(mount, { LOG_LEVEL: 'info' })
  })
  afterAll(async () => {
    await server?.stop()
  })

  /** Bytes of memory that the server has of the machine. */
  function resident(): number {
    const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${server.child.pid}/status`, 'utf8')) ?? []
    return Number(kibibytes) * 1024
  }

  /** Three hundred connections with so many MiB each of 200 that they announce, and then no more: what is answered. */
  async function flood(request: string, headers: string, pieces: number): Promise<Set<number>> {
    const text = `${request} HTTP/1.1\r\nHost: localhost\r\n${headers}Content-Length: ${200 * mebibyte}\r\n\r\n`
    const body = [Buffer.from('x'), ...Array(pieces).fill(Buffer.alloc(mebibyte, 'x'))]
    const answers = await Promise.all(Array.from({ length: 300 }, () => overTheWire(server.port, text, body)))
    return new Set(answers.map(({ status }) => status))
  }

  const elsewhere: [request: string, headers: string, pieces: number, refused: number[]][] = [
    ['GET /playground', '', 2, [400]],
    ['POST /livez', '', 2, [405]],
    ['POST /oauth/token', form, 2, [400, 413]],
  ]

  test
    .runIf(process.platform === 'linux')
    .each([
      ['POST /playground', '', mount === 'start' ? 10 : 3, [405]],
      ...(mount === 'start' ? elsewhere : []),
    ] as typeof elsewhere)(
    '%s: a body that nobody asked for is not kept',
    async (request, headers, pieces, refused) => {
      // What 300 such requests cost without their bodies comes first, and does not count.
      await flood(request, headers, 0)
      const before = resident()
      let peak = 0
      const watching = setInterval(() => {
        peak = Math.max(peak, resident())
      }, 20)
      const statuses = await flood(request, headers, pieces)
      clearInterval(watching)
      expect(peak - before).toBeLessThan(4 * limit)
      await expect.poll(() => resident() - before).toBeLessThan(limit)
      // Whoever goes on sending may miss the answer, and whoever stops is told that something was missing.
      for (const status of statuses) expect([0, 400, ...refused]).toContain(status)
      expect((await fetch(`${server.baseUrl}/playground`)).status).toBe(200)
    },
  )

  const cut = [
    // Next prints an error of its own here (see next.config.mjs).
    ...(mount === 'start' ? ([['POST', '/playground', 'text/plain']] as const) : []),
    ['GET', '/playground', 'text/plain'],
    ['POST', '/oauth/token', 'application/x-www-form-urlencoded'],
    ['POST', '/console/api/sign-in/begin', 'application/json'],
    ['POST', '/v1/passkeys/register/begin', 'application/json'],
  ] as const

  test.each(cut)('%s %s: a cut connection logs one structured line at most', async (...asked) => {
    await expect.poll(() => server.output.join('')).toMatch(/Ctrl\+C|Ready in/)
    const said = server.output.join('').length
    await Promise.all(Array.from({ length: 20 }, () => cutOff(server.port, asked)))
    await fetch(`${server.baseUrl}/livez`)
    const lines = () => server.output.join('').slice(said).split('\n').filter(Boolean)
    await expect.poll(lines).toContainEqual(expect.stringContaining('"/livez"'))
    const logged = lines().map((line) => JSON.parse(line))
    expect(logged.filter(({ path }) => path === asked[1]).length).toBeLessThanOrEqual(20)
    for (const line of logged) expect(line).toMatchObject({ level: 30, msg: 'request' })
  })
})

/** Sends a part of a body, and cuts the connection at the first word of an answer, be it that more is waited for. */
function cutOff(port: number, [method, path, type]: readonly [string, string, string]): Promise<void> {
  const head = `${method} ${path} HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost:${port}\r\nContent-Type: ${type}`
  const length = method === 'GET' ? '' : 'Content-Length: 20000\r\n'
  return new Promise((resolve) => {
    const socket = connect(port, 'localhost')
    socket.write(`${head}\r\n${length}Expect: 100-continue\r\n\r\n${length && '{"a":'}`)
    socket.once('data', () => socket.resetAndDestroy())
    // How it ends is not asked.
    socket.on('error', () => undefined).once('close', () => resolve())
  })
}
