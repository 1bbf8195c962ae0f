import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { expect, onTestFinished, test } from 'vitest'
import { createKey } from '../keys/make-key.ts'
import { actFor, createTenant } from '../tenants/tenants.ts'
import { api } from './app.ts'
import { sendingText } from './text-answer.ts'

// Of each answer and each connection its own.
const own = new Set(['connection', 'content-length', 'date', 'keep-alive', 'ratelimit', 'x-request-id'])

/** An answer with what every one like it has, too. */
async function seen(answer: Response) {
  const { status, headers } = answer
  const body = await answer.text()
  const alike = [...headers].filter(([name]) => !own.has(name)).sort()
  return { status, body, alike, names: [...headers.keys()].filter((name) => /^ratelimit|^x-req/.test(name)).sort() }
}

async function served() {
  const server = createServer(getRequestListener(sendingText(api().fetch), { overrideGlobalObjects: false }))
  await new Promise<void>((resolve) => server.listen(0, 'localhost', () => resolve()))
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
  return `http://localhost:${(server.address() as AddressInfo).port}`
}

test('an answer that is sent as text is the one that Response would have been, and so is a refusal', async () => {
  const { id } = await createTenant({ name: 'Bänk “7”', slug: 'text-answer' })
  const { secret } = await createKey(await actFor(id, 'live'), { type: 'live', name: 'x', scopes: ['usage:read'] })
  const headers = { Authorization: `Bearer ${secret}`, Connection: 'close' }
  const baseUrl = await served()
  const post = {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: '{"username":"ada"}',
  }
  for (const [path, init] of [
    ['/v1/tenant', { headers }],
    ['/v1/tenant', { method: 'HEAD', headers }],
    ['/v1/tenant', { method: 'PUT', headers }],
    ['/v1/tenant', {}],
    ['/v1/passkeys/register/begin', post],
    ['/v1/nothing', { headers }],
  ] as const) {
    const [sent, made] = [await fetch(baseUrl + path, init), await api().request(path, init)]
    const length = sent.headers.get('content-length')
    const [wire, memory] = [await seen(sent), await seen(made)]
    if (init !== post) expect(wire.body.replace(/[\da-f-]{36}/, ''), path).toBe(memory.body.replace(/[\da-f-]{36}/, ''))
    expect({ ...wire, body: '' }, path).toEqual({ ...memory, body: '' })
    if (wire.body) expect(Number(length)).toBe(Buffer.byteLength(wire.body))
  }
})
