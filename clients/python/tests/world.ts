import { createServer, type IncomingMessage } from 'node:http'
import { json } from 'node:stream/consumers'
import { type Scope, scopeNames } from '#lib/contract/scopes.ts'
import { baseUrl, newTenant } from '#lib/server/api/suite/harness.ts'
import { OAuthBrowser } from '#lib/server/api/suite/oauth-harness.ts'
import { signatureHeaders } from '#lib/server/webhooks/sign.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'

/** What Python's tests ask for: all that is not the client's own part. */
interface Asked {
  '/tenant': { type: 'test' | 'live'; scopes?: Scope[] }
  '/create': { publicKey: Parameters<SoftwareAuthenticator['create']>[0] }
  '/get': { publicKey: Parameters<SoftwareAuthenticator['get']>[0] }
  '/authorize': { url: string; consent?: 'allow' | 'deny' }
  '/sign': { id: string; body: string; secrets: string[] }
}

/**
 * Stands in, over HTTP, for what a Python program has around it: an operator who makes tenants with a key, a user's
 * authenticator, and a browser with a person before it.
 *
 * @returns its address, and how to end it
 */
export async function startWorld() {
  const authenticator = new SoftwareAuthenticator({ origin: baseUrl })
  const browsers = new Map<string, OAuthBrowser>()
  /** Each client's user has one to themselves: its cookies are of one tenant. */
  const browserOf = (url: string) => {
    const clientId = new URL(url).searchParams.get('client_id') ?? ''
    const browser = browsers.get(clientId) ?? new OAuthBrowser()
    browsers.set(clientId, browser)
    return browser
  }
  const doing: { [Path in keyof Asked]: (asked: Asked[Path]) => Promise<object> | object } = {
    '/tenant': async ({ type, scopes = [...scopeNames] }) => {
      const { tenant, addKey } = await newTenant({ type })
      const { secret } = await addKey(type, scopes, type === 'live' ? { tier: 'enterprise' } : {})
      return { slug: tenant.slug, name: tenant.name, apiKey: secret }
    },
    '/create': ({ publicKey }) => authenticator.create(publicKey),
    '/get': ({ publicKey }) => authenticator.get(publicKey),
    '/sign': (asked) => signatureHeaders({ ...asked, timestamp: new Date() }),
    '/authorize': async ({ url, consent = 'allow' }) => ({
      location: (await browserOf(url).authorize(url, { consent })).href,
    }),
  }
  const answer = async (request: IncomingMessage) => {
    const work = doing[request.url as keyof Asked] as (asked: unknown) => Promise<object> | object
    return work(await json(request))
  }
  const server = createServer((request, response) => {
    answer(request).then(
      (body) => response.setHeader('Content-Type', 'application/json').end(JSON.stringify(body)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return { url: `http://127.0.0.1:${port}`, stop: () => server.close() }
}
