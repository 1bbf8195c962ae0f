import { createClient } from '#lib/server/clients/clients.ts'
import { closeDatabase } from '#lib/server/db/database.ts'
import { env } from '#lib/server/env.ts'
import { provider } from '#lib/server/oauth/provider.ts'
import { beginRegistration } from '#lib/server/passkeys/begin-registration.ts'
import { register } from '#lib/server/passkeys/finish-registration.ts'
import { actFor, createTenant } from '#lib/server/tenants/tenants.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { type Connection, message } from './connection.ts'
import { type Client, concurrency } from './load.ts'
import { refreshTokenOf } from './oidc-tokens.ts'

/** What clients of an authorization server present at its token endpoint. */
export interface OAuthClients {
  path: string
  resource: string
  publicId: string
  confidential: { id: string; secret: string }
  /** One for each client of the load. */
  refreshTokens: string[]
}

/** Makes a tenant's clients and users, in the data directory that the server at `baseUrl` is then given. */
export async function makeOAuthClients(baseUrl: string): Promise<OAuthClients> {
  const { id } = await createTenant({ name: 'Bench OAuth', slug: 'bench-oauth' })
  const caller = await actFor(id, 'live')
  const app = { redirectUris: ['https://app.example/callback'], scopes: ['usage:read' as const] }
  const { clientId } = await createClient(caller, { ...app, name: 'App', type: 'public' })
  const service = await createClient(caller, {
    name: 'Service',
    type: 'confidential',
    scopes: ['usage:read'],
    grants: ['client_credentials'],
  })
  const authenticator = new SoftwareAuthenticator({ origin: env().baseUrl })
  const resource = `${baseUrl}/v1`
  const server = await provider()
  const refreshTokens = []
  for (let user = 0; user < concurrency; user++) {
    const { ceremonyId, publicKey } = await beginRegistration(caller, { username: `user-${user}` })
    const made = await register(caller, { ceremonyId, credential: authenticator.create(publicKey) as never })
    refreshTokens.push(await refreshTokenOf(server, { clientId, accountId: made.user.id, resource }))
  }
  await closeDatabase()
  const confidential = { id: service.clientId, secret: service.clientSecret ?? '' }
  return { path: '/oauth/token', resource, publicId: clientId, confidential, refreshTokens }
}

/** Clients that refresh, each with a token of its own, over and over. */
export function refreshing(connections: Connection[], { path, resource, publicId, refreshTokens }: OAuthClients) {
  return connections.map((connection, at): Client => {
    let token = refreshTokens[at] ?? ''
    return async () => {
      const answer = await ask(connection, path, {
        grant_type: 'refresh_token',
        client_id: publicId,
        refresh_token: token,
        resource,
      })
      token = answer.refresh_token ?? ''
    }
  })
}

/** Clients that get tokens for themselves. */
export function credentials(connections: Connection[], { path, resource, confidential }: OAuthClients): Client[] {
  const basic = Buffer.from(`${confidential.id}:${encodeURIComponent(confidential.secret)}`).toString('base64')
  const body = { grant_type: 'client_credentials', scope: 'usage:read', resource }
  return connections.map((connection) => async () => {
    await ask(connection, path, body, { authorization: `Basic ${basic}` })
  })
}

async function ask(connection: Connection, path: string, body: Record<string, string>, headers = {}) {
  const form = 'application/x-www-form-urlencoded'
  const request = { host: connection.host, 'content-type': form, ...headers }
  const answer = await connection.send(message('POST', path, request, String(new URLSearchParams(body))))
  if (answer.status !== 200) throw new Error(`${path} was answered ${answer.status}: ${answer.body.slice(0, 500)}`)
  return JSON.parse(answer.body) as { refresh_token?: string }
}
