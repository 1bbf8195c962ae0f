import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:https'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startDeployedNginx } from '../../setup/deployed-nginx.ts'
import { nginxCommand, type RunningNginx } from '../../setup/nginx-server.ts'
import { selfSigned } from '../../setup/self-signed.ts'
import { freePort } from '../../setup/serve.ts'

// What deploy/nginx.conf answers itself, where no web server does.

describe.skipIf(!nginxCommand)('behind deploy/nginx.conf', () => {
  const directory = mkdtempSync(join(tmpdir(), 'playground-away-'))
  const started: RunningNginx[] = []
  let ca: string
  let dying: Server
  let [away, cut] = [0, 0]

  beforeAll(async () => {
    const tls = selfSigned(directory, ['localhost', 'test.localhost'])
    ca = readFileSync(tls.certificate, 'utf8')
    // Takes a request, and dies of it.
    dying = createServer((socket) => socket.once('data', () => socket.destroy()))
    await new Promise<void>((resolve) => dying.listen(0, '127.0.0.1', resolve))
    const { port: taker } = dying.address() as { port: number }
    const nobody = await freePort()
    const before = async (web: number) => {
      const port = await freePort()
      const mpc = [nobody, nobody] as const
      const to = { web: [web, web] as const, mpcLive: mpc, mpcTest: mpc }
      started.push(await startDeployedNginx({ port, host: 'localhost', ...to, tls, log: join(directory, 'log') }))
      return port
    }
    ;[away, cut] = [await before(nobody), await before(taker)]
  })
  afterAll(async () => {
    for (const nginx of started) await nginx.stop()
    dying?.close()
    rmSync(directory, { recursive: true, force: true })
  })

  const ask = (port: number, method: string) =>
    new Promise<unknown[]>((resolve, reject) => {
      const agent = new Agent({ ca })
      const headers = { Host: 'localhost' }
      const outgoing = request(
        { port, host: 'localhost', agent, method, path: '/v1/keys', headers },
        async (answer) => {
          const { status, code } = JSON.parse(await text(answer))
          const { 'content-type': type, 'retry-after': retryAfter = null } = answer.headers
          agent.destroy()
          resolve([answer.statusCode, status, code, type, retryAfter])
        },
      )
      outgoing.once('error', reject).end(method === 'POST' ? '{}' : undefined)
    })
  const unavailable = [503, 503, 'unavailable', 'application/problem+json']

  test('where no web server is there, each request is unavailable for now, and nothing was changed', async () => {
    expect(await ask(away, 'POST')).toEqual([...unavailable, '1'])
    expect(await ask(away, 'GET')).toEqual([...unavailable, '1'])
    // Both were left alone by then.
    expect(await ask(away, 'POST')).toEqual([...unavailable, '1'])
  })

  test('what a web server that died may have done is not called undone, and what only reads may come again', async () => {
    expect(await ask(cut, 'POST')).toEqual([...unavailable, null])
    expect(await ask(cut, 'GET')).toEqual([...unavailable, '1'])
  })
})
