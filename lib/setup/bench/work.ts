import { Client as Api } from '#lib/sdk/client.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { type Answer, Connection, message } from './connection.ts'
import { type Client, concurrency } from './load.ts'
import { makerOf, signerOf, uncounted } from './signer.ts'

// What the clients ask for. Whatever a client does itself, signing among it, is this process's CPU and not the server's.

const [register, signIn] = ['/v1/passkeys/register', '/v1/passkeys/authenticate']

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
      const authenticator = new SoftwareAuthenticator(uncounted(`http://${connection.host}`))
      const username = `${name}-${client}`
      const { ceremonyId, publicKey } = await passkeys.register.begin({ username })
      const made = authenticator.create(publicKey)
      await passkeys.register.finish({ ceremonyId, credential: made })
      const credential = signerOf(authenticator, made.id)
      const headers = headersOf(connection, keys[client])
      const begin = message('POST', `${signIn}/begin`, headers, JSON.stringify({ username }))
      return async () => {
        const { id, challenge } = begunOf(await connection.send(begin))
        const finish = `{"ceremonyId":"${id}","credential":${credential(challenge)}}`
        answered(await connection.send(message('POST', `${signIn}/finish`, headers, finish)), 'finish')
      }
    }),
  )
}

/** Clients that register, begin and finish, each time somebody new. */
export function registrations(connections: Connection[], keys: string[], name: string): Client[] {
  return connections.map((connection, client) => {
    const credential = makerOf(`http://${connection.host}`)
    const headers = headersOf(connection, keys[client])
    let made = 0
    return async () => {
      const username = `${name}-${client}-${made++}`
      const begin = message('POST', `${register}/begin`, headers, JSON.stringify({ username }))
      const { id, challenge } = begunOf(await connection.send(begin))
      const finish = `{"ceremonyId":"${id}","credential":${credential(challenge)}}`
      answered(await connection.send(message('POST', `${register}/finish`, headers, finish)), 'finish', 201)
    }
  })
}

function headersOf({ host }: Connection, key: string | undefined) {
  return { host, authorization: `Bearer ${key}`, 'content-type': 'application/json' }
}

function begunOf(answer: Answer) {
  const begun = answered(answer, 'begin')
  const [, id] = /"ceremonyId":"([^"]+)"/.exec(begun) ?? []
  const [, challenge = ''] = /"challenge":"([\w-]+)"/.exec(begun) ?? []
  return { id, challenge }
}

function answered({ status, body }: Answer, what: string, good = 200): string {
  if (status !== good) throw new Error(`${what} was answered ${status}: ${body.slice(0, 500)}`)
  return body
}

/** The client's `fetch`, over one connection. */
export function fetchOver(connection: Connection): typeof fetch {
  return async (path, { method = 'GET', headers, body } = {}) => {
    const sent = { host: connection.host, ...(headers as Record<string, string>) }
    const answer = await connection.send(message(method, String(path), sent, body as string | undefined))
    return new Response(answer.body, { status: answer.status, headers: { 'Content-Type': 'application/json' } })
  }
}
