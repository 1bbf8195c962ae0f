import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'

/** An API of another shape than this server's, as the mapping in the README of the package for tests tells it, which this server is behind. */
export async function shopServer(baseUrl: string, apiKey: string): Promise<{ url: string; close: () => void }> {
  const calls: Record<string, string> = {
    '/webauthn/register': 'register/begin',
    '/webauthn/registered': 'register/finish',
    '/webauthn/login': 'authenticate/begin',
    '/webauthn/logged-in': 'authenticate/finish',
  }
  const serve = async (request: IncomingMessage, answer: ServerResponse) => {
    const { user, id, passkey } = (await json(request)) as Record<string, unknown>
    const had = await fetch(`${baseUrl}/v1/passkeys/${calls[request.url ?? '']}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(user ? { username: user } : { ceremonyId: id, credential: passkey }),
    })
    const { ceremonyId, publicKey } = (await had.json()) as Record<string, unknown>
    const isKnown = request.headers['x-api-key'] === apiKey
    answer.setHeader('content-type', 'application/json')
    answer.end(JSON.stringify({ ok: isKnown && had.ok, data: { id: ceremonyId, publicKey } }))
  }
  // What breaks off half-way is broken off.
  const server = createServer((request, answer) => void serve(request, answer).catch(() => answer.destroy()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }
}
