import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test, vi } from 'vitest'
import { WebhookRefusedError } from '#lib/sdk/webhooks.ts'
import { signatureHeaders } from '#lib/server/webhooks/sign.ts'
import { beginning, EndpointProject, endpointLanguages } from '#lib/setup/endpoint-project.ts'
import { webhookHandler, webhookServer } from './webhook-snippets.ts'

const secret = `whsec_${randomBytes(32).toString('base64')}`
const body = '{"type":"user.created","timestamp":"2026-06-01T00:00:00.000Z","data":{"username":"žofie"}}'
const code = webhookServer('http://localhost:3000')

/** A request as an endpoint gets it; `by`: what signed it. */
const signed = (by = secret) => ({
  method: 'POST',
  headers: { ...signatureHeaders({ id: 'msg_1', timestamp: new Date(), body, secrets: [by] }) },
  body,
})
const forged = () => signed(`whsec_${randomBytes(32).toString('base64')}`)

const project = new EndpointProject()
afterAll(() => project.remove())

test.each(endpointLanguages)(
  'the server in %s takes what is signed by the secret, and nothing else, whatever else breaks off or is silent',
  async (language) => {
    const { url, output, stop } = await project.serve(language, code[language], { WEBHOOK_SECRET: secret })
    const silent = await beginning(url)
    try {
      const brokenOff = await beginning(url, 100)
      brokenOff.resume().end('{"typ')
      await once(brokenOff, 'close')
      const [answer] = await once(await beginning(url, 1_000_001), 'data')
      expect(String(answer)).toMatch(/^HTTP\/1\.\d 4(?:00|13) /)
      expect((await fetch(url, forged())).status).toBe(400)
      expect((await fetch(url, { ...signed(), body: `${body} ` })).status).toBe(400)
      expect(output()).not.toContain('user.created')
      expect((await fetch(url, signed())).status).toBe(204)
      await expect.poll(output).toContain('user.created')
      expect(output()).toContain('msg_1')
    } finally {
      silent.destroy()
      stop()
    }
  },
)

test('the handler takes what is signed by the secret, and nothing else', async () => {
  process.env.WEBHOOK_SECRET = secret
  const file = project.write(webhookHandler('http://localhost:3000'), 'ts')
  const asked = (init: RequestInit) => new Request('https://hooks.example/', init)
  const { POST } = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as {
    POST: (request: Request) => Promise<Response>
  }
  expect((await POST(asked(signed()))).status).toBe(204)
  const printed = vi.spyOn(console, 'error').mockReturnValue()
  expect((await POST(asked(forged()))).status).toBe(400)
  process.env.WEBHOOK_SECRET = ''
  expect((await POST(asked(signed()))).status).toBe(500)
  expect(printed.mock.calls).toEqual([[expect.any(WebhookRefusedError)], [expect.any(TypeError)]])
})

test('the command says whether a request that is at hand is signed by the secret', () => {
  const run = ({ headers }: ReturnType<typeof signed>) =>
    project.run('bash', code.curl, {
      args: [headers['webhook-id'], headers['webhook-timestamp'], headers['webhook-signature']],
      input: body,
      env: { WEBHOOK_SECRET: secret },
    })
  expect(run(signed())).toMatchObject({ status: 0, stdout: 'The signature is right.\n', stderr: '' })
  expect(run(forged())).toMatchObject({ status: 1, stdout: 'No signature is of this secret.\n', stderr: '' })
})
