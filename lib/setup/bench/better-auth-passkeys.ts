import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { type Answer, type Connection, message } from './connection.ts'
import type { Client } from './load.ts'
import { signerOf, uncounted } from './signer.ts'

const origin = 'http://localhost'
const base = '/api/auth'

/** Clients that sign in at better-auth, begin and finish, each with a passkey of its own that is registered here. */
export function betterAuthSignIns(connections: Connection[]): Promise<Client[]> {
  return Promise.all(
    connections.map(async (connection, client) => {
      const ask = asking(connection)
      const email = `user-${client}@example.com`
      const made = await ask('POST', '/sign-up/email', '', JSON.stringify({ name: 'Bench', email, password: email }))
      const session = cookieOf(made)
      const begun = await ask('GET', '/passkey/generate-register-options', session)
      const authenticator = new SoftwareAuthenticator(uncounted(origin))
      const response = authenticator.create(JSON.parse(begun.body))
      const sent = JSON.stringify({ response, name: 'Bench' })
      await ask('POST', '/passkey/verify-registration', `${session}; ${cookieOf(begun)}`, sent)
      const credential = signerOf(authenticator, response.id)
      return async () => {
        const { body, head } = await ask('GET', '/passkey/generate-authenticate-options', '')
        const [, challenge = ''] = /"challenge":"([\w-]+)"/.exec(body) ?? []
        const answer = `{"response":${credential(challenge)}}`
        await ask('POST', '/passkey/verify-authentication', cookieOf({ head }), answer)
      }
    }),
  )
}

function asking(connection: Connection) {
  const headers = { host: connection.host, origin }
  return async (method: string, path: string, cookie: string, body?: string): Promise<Answer> => {
    const sent = { ...headers, ...(cookie ? { cookie } : {}), ...(body ? { 'content-type': 'application/json' } : {}) }
    const answer = await connection.send(message(method, base + path, sent, body))
    if (answer.status !== 200) throw new Error(`${path} was answered ${answer.status}: ${answer.body.slice(0, 500)}`)
    return answer
  }
}

/** The cookies that an answer sets, as they are sent back. */
function cookieOf({ head }: Pick<Answer, 'head'>): string {
  return [...head.matchAll(/\r\nset-cookie: *([^;\r]+)/gi)].map(([, pair]) => pair).join('; ')
}
