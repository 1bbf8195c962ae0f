import { Client } from '#lib/sdk/client.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { pems } from './pems.ts'
import type { People } from './people.ts'
import { assertions, attestations } from './responses.ts'
import { skillInputs } from './skill-inputs.ts'

/** A request that ends a ceremony, or has a skill executed. */
interface End {
  path: string
  headers: Record<string, string>
  body: string
}

/** A way to end ceremonies, or to have something done: for each bad input what comes before it, and the request itself. */
export interface Way {
  title: string
  inputs: Record<string, () => Promise<End>>
}

/** Every kind of ceremony whose end anybody can come to, or anybody with a key, and the skills that are built in. */
export async function ways(baseUrl: string, people: People): Promise<Way[]> {
  const origin = baseUrl
  const authenticator = new SoftwareAuthenticator({ origin })
  const username = 'worst'
  const { passkeys } = new Client({ apiKey: await people.testKey(), baseUrl })
  const { ceremonyId, publicKey } = await passkeys.register.begin({ username })
  await passkeys.register.finish({ ceremonyId, credential: authenticator.create(publicKey) })
  const [held] = authenticator.credentials.list()

  const each = <Overrides>(inputs: Record<string, Overrides>, begin: (overrides: Overrides) => Promise<End>) =>
    Object.fromEntries(Object.entries(inputs).map(([name, overrides]) => [name, () => begin(overrides)]))

  /** The sign-in of anybody, at pages that take a cookie: the passkey is of no account there. */
  const signIn = (title: string, at: string): Way => ({
    title,
    inputs: each(assertions(), async (overrides) => {
      const headers = { origin }
      const begun = await fetch(`${baseUrl}${at}/begin`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: '{}',
      })
      const { ceremonyId, publicKey } = await begun.json()
      const cookie = begun.headers
        .getSetCookie()
        .map((line) => line.split(';')[0])
        .join('; ')
      const credential = authenticator.get(publicKey, { credentialId: held?.id ?? '', ...overrides })
      return {
        path: `${at}/finish`,
        headers: cookie ? { ...headers, cookie } : headers,
        body: JSON.stringify({ ceremonyId, credential }),
      }
    }),
  })

  return [
    signIn('Console sign-in, anybody', '/console/api/sign-in'),
    signIn('account sign-in, anybody', '/account/api/sign-in'),
    {
      title: 'registration, a test key',
      inputs: each(attestations(), async (overrides) => {
        const apiKey = await people.testKey()
        const { ceremonyId, publicKey } = await new Client({ apiKey, baseUrl }).passkeys.register.begin({
          username: `${username}-2`,
        })
        const credential = new SoftwareAuthenticator({ origin }).create(publicKey, overrides)
        return {
          path: '/v1/passkeys/register/finish',
          headers: { authorization: `Bearer ${apiKey}` },
          body: JSON.stringify({ ceremonyId, credential }),
        }
      }),
    },
    {
      title: 'a trust anchor, an owner who confirms it',
      inputs: each(pems(), async (certificate) => {
        const body = { name: 'Root', certificate }
        const { client, headers, authenticator } = await people.owner()
        const { ceremonyId, publicKey } = await client.confirm.begin('POST /trust-anchors', body)
        await client.confirm.finish({ ceremonyId, credential: authenticator.get(publicKey) })
        return { path: '/console/api/trust-anchors', headers: headers(), body: JSON.stringify(body) }
      }),
    },
    {
      title: 'a skill that is built in, a test key',
      inputs: each(skillInputs(), async (execution) => ({
        path: '/v1/skills/execute',
        headers: { authorization: `Bearer ${await people.testKey()}` },
        body: JSON.stringify(execution),
      })),
    },
    {
      title: 'authentication, a test key',
      inputs: each(assertions(), async (overrides) => {
        const apiKey = await people.testKey()
        const { ceremonyId, publicKey } = await new Client({ apiKey, baseUrl }).passkeys.authenticate.begin({
          username,
        })
        const credential = authenticator.get(publicKey, overrides)
        return {
          path: '/v1/passkeys/authenticate/finish',
          headers: { authorization: `Bearer ${apiKey}` },
          body: JSON.stringify({ ceremonyId, credential }),
        }
      }),
    },
  ]
}
