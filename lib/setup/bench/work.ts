import { Client as Api } from '#lib/sdk/client.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { Connection, message } from './connection.ts'
import { type Client, concurrency } from './load.ts'

// What the clients ask for. Whatever a client does itself, signing among it, is this process's CPU and not the server's.

/** A connection for each client. */
export function clients(baseUrl: string): Connection[] {
  return Array.from({ length: concurrency }, () => new Connection(baseUrl))
}

/** Clients that GET a path. */
export function get(connections: Connection[], path: string, headers?: (client: number) => object): Client[] {
  return connections.map((connection, client) => {
    const request = message('GET', path, { host: connection.host, ...headers?.(client) })
    return async () => {
      const { status, body } = await connection.send(request)
      if (status !== 200) throw new Error(`GET ${path} was answered ${status}: ${body.slice(0, 500)}`)
    }
  })
}

/** Clients that read who they are. */
export function tenant(connections: Connection[], keys: string[]): Client[] {
  return get(connections, '/v1/tenant', (client) => ({ authorization: `Bearer ${keys[client]}` }))
}

/** Clients that sign in, begin and finish, each as a user of its own with a passkey that is registered here. */
export function signIns(connections: Connection[], keys: string[], name: string): Promise<Client[]> {
  return Promise.all(
    connections.map(async (connection, client) => {
      const { passkeys } = new Api({ apiKey: keys[client] as string, fetch: fetchOver(connection), maxRetries: 0 })
      const authenticator = new SoftwareAuthenticator({ origin: `http://${connection.host}` })
      const username = `${name}-${client}`
      const { ceremonyId, publicKey } = await passkeys.register.begin({ username })
      await passkeys.register.finish({ ceremonyId, credential: authenticator.create(publicKey) })
      return async () => {
        const { ceremonyId, publicKey } = await passkeys.authenticate.begin({ username })
        await passkeys.authenticate.finish({ ceremonyId, credential: authenticator.get(publicKey) })
      }
    }),
  )
}

/** Clients that register, begin and finish, each time somebody new. */
export function registrations(connections: Connection[], keys: string[], name: string): Client[] {
  return connections.map((connection, client) => {
    const { passkeys } = new Api({ apiKey: keys[client] as string, fetch: fetchOver(connection), maxRetries: 0 })
    let made = 0
    return async () => {
      const authenticator = new SoftwareAuthenticator({ origin: `http://${connection.host}`, algorithms: [-7] })
      const { ceremonyId, publicKey } = await passkeys.register.begin({ username: `${name}-${client}-${made++}` })
      await passkeys.register.finish({ ceremonyId, credential: authenticator.create(publicKey) })
    }
  })
}

/** The client's `fetch`, over one connection. */
function fetchOver(connection: Connection): typeof fetch {
  return async (path, { method = 'GET', headers, body } = {}) => {
    const sent = { host: connection.host, ...(headers as Record<string, string>) }
    const answer = await connection.send(message(method, String(path), sent, body as string | undefined))
    return new Response(answer.body, { status: answer.status, headers: { 'Content-Type': 'application/json' } })
  }
}
