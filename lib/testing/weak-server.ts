import { serve } from '@hono/node-server'
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type WebAuthnCredential,
} from '@simplewebauthn/server'
import { type Context, Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { freePort } from './free-port.ts'

/**
 * A server such as many write: a good library with its defaults, for one user, and no thought beside it. A session keeps its
 * challenge until the next one, or as many milliseconds as it is told. For tests of what finds that out.
 */
export async function weakServer(keeps = Number.POSITIVE_INFINITY): Promise<{ url: string; close: () => void }> {
  const port = await freePort()
  const url = `http://localhost:${port}`
  const passkeys = new Map<string, WebAuthnCredential>()
  const challenges = new Map<string, { challenge: string; until: number }>()
  const app = new Hono()

  function begin(context: Context, options: { challenge: string }) {
    const session = getCookie(context, 'session') ?? crypto.randomUUID()
    challenges.set(session, { challenge: options.challenge, until: Date.now() + keeps })
    setCookie(context, 'session', session, { httpOnly: true })
    return context.json(options)
  }
  function expected(context: Context) {
    const { challenge = 'none', until = 0 } = challenges.get(getCookie(context, 'session') ?? '') ?? {}
    return {
      expectedChallenge: Date.now() < until ? challenge : 'none',
      expectedOrigin: url,
      expectedRPID: 'localhost',
    }
  }

  app.get('/generate-registration-options', async (context) =>
    begin(
      context,
      await generateRegistrationOptions({
        ...{ rpName: 'Acme Wallet', rpID: 'localhost', userName: 'ada' },
        excludeCredentials: [...passkeys.values()],
      }),
    ),
  )
  app.post('/verify-registration', async (context) => {
    const response = await context.req.json()
    const { verified, registrationInfo } = await verifyRegistrationResponse({ response, ...expected(context) })
    const { credential } = registrationInfo ?? {}
    if (credential) passkeys.set(credential.id, credential)
    return context.json({ verified })
  })
  app.get('/generate-authentication-options', async (context) =>
    begin(
      context,
      await generateAuthenticationOptions({ rpID: 'localhost', allowCredentials: [...passkeys.values()] }),
    ),
  )
  app.post('/verify-authentication', async (context) => {
    const response = await context.req.json()
    const credential = passkeys.get(response.id)
    if (!credential) return context.json({ error: 'No such passkey' }, 400)
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      ...{ response, credential },
      ...expected(context),
    })
    if (verified) credential.counter = authenticationInfo.newCounter
    return context.json({ verified })
  })
  app.onError(({ message }, context) => context.json({ error: message }, 400))

  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const listening = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, () => resolve(listening))
  })
  return { url, close: () => void server.close() }
}
