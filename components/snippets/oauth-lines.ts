import type { Code } from '../ui/snippet.tsx'
import type { ClientFacts } from './client-facts.ts'
import { literal, memberOf, typescript } from './written.ts'

type Identity = Pick<ClientFacts, 'clientId' | 'type' | 'dpopRequired'>

/** How a command shows who asks: by the secret in the environment, or by the name alone. */
export function curlIdentity({ clientId, type }: Identity): string {
  return type === 'public' ? `-d client_id=${clientId}` : `-u "${clientId}:$OAUTH_CLIENT_SECRET"`
}

/** The call that shows what the token in an answer opens. */
export function curlCall(baseUrl: string, variable: string): string {
  return `curl ${baseUrl}/v1/tenant -H "Authorization: Bearer ${memberOf(variable, 'access_token')}"`
}

/** Up to the app and its scopes, with a key for its tokens where they have to be bound to one. */
export function typescriptApp(client: Identity, baseUrl: string, more: string[], imports: string[] = []): string {
  const { clientId, type, dpopRequired } = client
  const app = [
    `clientId: ${literal(clientId)}`,
    ...(type === 'public' ? [] : ['clientSecret: process.env.OAUTH_CLIENT_SECRET']),
    ...more,
  ]
  return typescript(
    baseUrl,
    ...imports,
    "import { Client } from '@webauthn-playground/sdk'",
    "import { createOAuth } from '@webauthn-playground/sdk/oauth'",
    '',
    `const baseUrl = '${baseUrl}'`,
    'const oauth = createOAuth({ baseUrl })',
    ...(dpopRequired ? ['const dpop = await oauth.dpop() // its tokens are bound to a key'] : []),
    'const app = {',
    ...[...app, ...(dpopRequired ? ['dpop'] : [])].map((member) => `  ${member},`),
    '}',
  )
}

/** The client with the token that was just had. */
export function typescriptClient({ dpopRequired }: Identity): string {
  return `new Client({ baseUrl, accessToken${dpopRequired ? ', dpop' : ''} })`
}

/** Up to the app, likewise; its secret stands beside it. */
export function pythonApp({ clientId, type }: Identity, baseUrl: string, more: string[]): string[] {
  return [
    ...(type === 'public' ? [] : ['import os', '']),
    'from webauthn_playground import Client, OAuth',
    '',
    `base_url = "${baseUrl}"`,
    'oauth = OAuth(base_url=base_url)',
    `app = {${[`"client_id": "${clientId}"`, ...more].join(', ')}}`,
    ...(type === 'public' ? [] : ['secret = os.environ["OAUTH_CLIENT_SECRET"]']),
  ]
}

/** The app as one that shows who it is. */
export function pythonIdentity({ type }: Identity): string {
  return type === 'public' ? '**app' : '**app, client_secret=secret'
}

/** The same code, but for what cannot prove that it holds a key. */
export function unlessBound({ dpopRequired }: Identity, code: Code): Code {
  if (!dpopRequired) return code
  const lacking = (what: string) => ({
    lacking: `This client’s tokens are bound to a key, and each request needs a proof of it (DPoP), which ${what} does not make.`,
  })
  return { ...code, curl: lacking('curl'), Python: lacking('the Python package') }
}
