import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signatureHeaders } from '#lib/server/webhooks/sign.ts'
import { pythons } from '#lib/setup/python.mjs'
import { freePort } from '#lib/setup/serve.ts'
import { webhookHandler, webhookServer } from './webhook-snippets.ts'

const secret = `whsec_${randomBytes(32).toString('base64')}`
const body = '{"type":"user.created","timestamp":"2026-06-01T00:00:00.000Z","data":{"username":"žofie"}}'
const code = webhookServer('http://localhost:3000')
const root = new URL('../..', import.meta.url).pathname

const python = [process.env.PYTHON, ...pythons].find((command) => command && spawnSync(command, ['-V']).status === 0)

/** A request as an endpoint gets it; `by`: what signed it. */
const signed = (by = secret) => ({
  method: 'POST',
  headers: { ...signatureHeaders({ id: 'msg_1', timestamp: new Date(), body, secrets: [by] }) },
  body,
})
const forged = () => signed(`whsec_${randomBytes(32).toString('base64')}`)

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'webhook-snippets-'))
  // The package's own sources in its place.
  const sdk = join(folder, 'node_modules/@webauthn-playground/sdk')
  mkdirSync(sdk, { recursive: true })
  symlinkSync(join(root, 'lib/sdk/webhooks.ts'), join(sdk, 'webhooks.ts'))
  writeFileSync(
    join(sdk, 'package.json'),
    JSON.stringify({ type: 'module', exports: { './webhooks': './webhooks.ts' } }),
  )
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }))
})
afterAll(() => rmSync(folder, { recursive: true }))

function write(name: string, text: unknown): string {
  const file = join(folder, name)
  writeFileSync(file, String(text))
  return file
}

const servers = [
  ['TypeScript', process.execPath, 'server.ts'],
  ...(python ? [['Python', python, 'server.py'] as const] : []),
] as const

test.each(servers)(
  'the server in %s takes what is signed by the secret, and nothing else',
  async (language, command, name) => {
    const port = await freePort()
    const env = {
      ...process.env,
      PORT: String(port),
      WEBHOOK_SECRET: secret,
      PYTHONPATH: join(root, 'clients/python/src'),
    }
    const child = spawn(command, [write(name, code[language])], { env, cwd: folder })
    const output: string[] = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(String(chunk)))
    try {
      const url = `http://127.0.0.1:${port}/`
      await up(url, child, output)
      expect((await fetch(url, forged())).status).toBe(400)
      expect((await fetch(url, { ...signed(), body: `${body} ` })).status).toBe(400)
      expect(output.join('')).not.toContain('user.created')
      expect((await fetch(url, signed())).status).toBe(204)
      await expect.poll(() => output.join('')).toContain('user.created')
      expect(output.join('')).toContain('msg_1')
    } finally {
      child.kill()
    }
  },
)

test('the handler takes what is signed by the secret, and nothing else', async () => {
  process.env.WEBHOOK_SECRET = secret
  const file = write('route.ts', webhookHandler('http://localhost:3000'))
  const asked = (init: RequestInit) => new Request('https://hooks.example/', init)
  const { POST } = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as {
    POST: (request: Request) => Promise<Response>
  }
  expect((await POST(asked(signed()))).status).toBe(204)
  expect((await POST(asked(forged()))).status).toBe(400)
})

test('the command says whether a request that is at hand is signed by the secret', () => {
  const file = write('verify.sh', code.curl)
  const run = ({ headers }: ReturnType<typeof signed>) =>
    spawnSync('bash', [file, headers['webhook-id'], headers['webhook-timestamp'], headers['webhook-signature']], {
      input: body,
      encoding: 'utf8',
      env: { ...process.env, WEBHOOK_SECRET: secret },
    })
  expect(run(signed())).toMatchObject({ status: 0, stdout: 'The signature is right.\n', stderr: '' })
  expect(run(forged())).toMatchObject({ status: 1, stdout: 'No signature is of this secret.\n', stderr: '' })
})

/** Waits until a program takes connections. */
async function up(url: string, child: ChildProcess, output: string[]): Promise<void> {
  await expect
    .poll(
      async () => {
        if (child.exitCode !== null) throw new Error(output.join(''))
        return fetch(url).then(
          () => true,
          () => false,
        )
      },
      { timeout: 20_000 },
    )
    .toBe(true)
}
