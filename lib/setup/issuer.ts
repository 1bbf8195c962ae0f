import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'

type Claims = Record<string, unknown>

/**
 * An issuer whose tokens a test makes as it likes: it publishes its keys over HTTP as the auth server does, and takes usage
 * events, the same id once.
 */
export async function startIssuer() {
  const jwks: { keys: JWK[] } = { keys: [] }
  let signing = await newKey()
  const usage: { id: string; data: Claims }[] = []
  /** What usage is answered; another number than 200 refuses it. */
  const answers = { usage: 200 }

  async function newKey() {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
    const jwk = await exportJWK(publicKey)
    const kid = await calculateJwkThumbprint(jwk)
    jwks.keys.push({ ...jwk, kid, alg: 'ES256', use: 'sig' })
    return { key: privateKey, kid }
  }

  let held: { asked: () => void; released: Promise<void> } | undefined
  const server = createServer(async (request, response) => {
    if (request.url === '/.well-known/jwks.json') {
      held?.asked()
      await held?.released
      response.setHeader('content-type', 'application/json').end(JSON.stringify(jwks))
      return
    }
    let body = ''
    for await (const chunk of request) body += chunk
    response.statusCode = answers.usage
    if (answers.usage === 200) {
      const told = JSON.parse(body) as typeof usage
      usage.push(...told.filter(({ id }) => !usage.some((known) => known.id === id)))
    }
    response.end('{}')
  })
  const listen = (port = 0) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await listen()
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`

  /** Signs claims: those of a user's token of the test environment, unless others are given. */
  async function token(claims: Claims = {}, header: Record<string, unknown> = {}, key = signing): Promise<string> {
    const now = Math.floor(Date.now() / 1000)
    const all = {
      iss: url,
      aud: 'mpc-server:test',
      sub: 'usr_ada',
      providerTenantId: 'tnt_acme',
      providerTenantName: 'Acme Wallet',
      environment: 'test',
      azp: 'abcdefghijkl',
      jti: randomUUID(),
      iat: now,
      exp: now + 600,
      ...claims,
    }
    return new SignJWT(JSON.parse(JSON.stringify(all)))
      .setProtectedHeader({ alg: 'ES256', kid: key.kid, typ: 'JWT', ...header })
      .sign(key.key)
  }

  return {
    url,
    usage,
    answers,
    token,
    jwks,
    /** The user approved an action. */
    approval: (action: Claims, claims: Claims = {}) => token({ action, ...claims }, { typ: 'approval+jwt' }),
    /** A member asks in the tenant's Console. */
    tenantToken: (claims: Claims = {}, header: Claims = {}) => {
      const member = { name: 'Grace', address: '192.0.2.1', requestId: 'req_1' }
      const exp = Math.floor(Date.now() / 1000) + 60
      return token({ sub: 'mem_grace', azp: undefined, member, exp, ...claims }, { typ: 'mpc-tenant+jwt', ...header })
    },
    /** A new key signs from now on. */
    async rotate() {
      signing = await newKey()
    },
    /** It lets whoever asks for its keys wait, until it is released. */
    hold() {
      const [asked, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
      held = { asked: asked.resolve, released: released.promise }
      const release = () => {
        held = undefined
        released.resolve()
      }
      return { asked: asked.promise, release }
    },
    /** The key that nobody published. */
    async unpublished() {
      const { privateKey } = await generateKeyPair('ES256', { extractable: true })
      return { key: privateKey, kid: 'unpublished' }
    },
    /** It cannot be reached until it is back. */
    away: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
    back: () => listen(port),
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export type Issuer = Awaited<ReturnType<typeof startIssuer>>
