import type { ClientView } from '#lib/contract/oauth.ts'
import { type GrantType, identityScopes, ownScopes, whyNotOffline } from '#lib/contract/oauth-scopes.ts'

export interface Snippet {
  /** What it is, as a name for the block: “authorization URL”. */
  label: string
  code: string
  /** What is to be known with it. */
  note?: string
}

interface Facts extends Pick<ClientView, 'clientId' | 'type'> {
  grants: readonly GrantType[]
  scopes: readonly string[]
  redirectUris: readonly string[]
}

/** How to begin with a client: for each way in which it gets tokens, what to send or to write. */
export function snippetsOf(client: Facts, baseUrl: string, secret?: string): Snippet[] {
  const { clientId, type, grants } = client
  return [
    ...(type === 'confidential'
      ? [
          {
            label: 'environment variables',
            code: `export OAUTH_CLIENT_ID=${clientId}\nexport OAUTH_CLIENT_SECRET=${secret ?? '…'}`,
          },
        ]
      : []),
    ...(grants.includes('authorization_code') ? byCode(client, baseUrl) : []),
    ...(grants.includes('urn:ietf:params:oauth:grant-type:device_code') ? [byDevice(client, baseUrl)] : []),
    ...(grants.includes('client_credentials') ? [forItself(client, baseUrl)] : []),
  ]
}

function byCode(client: Facts, baseUrl: string): Snippet[] {
  const { clientId, type } = client
  const redirectUri = client.redirectUris[0] ?? 'https://app.example.com/callback'
  const scope = askedOfPeople(client)
  const lasting = scope.split(' ').includes('offline_access')
  const request = `{ ...app, scope${lasting ? ", prompt: 'consent'" : ''} }`
  const url = new URL('/oauth/authorize', baseUrl)
  url.search = String(
    new URLSearchParams({
      client_id: clientId,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope,
      resource: `${baseUrl}/v1`,
      code_challenge: 'CODE_CHALLENGE',
      code_challenge_method: 'S256',
      ...(lasting ? { prompt: 'consent' } : {}),
    }),
  )
  const inBrowser = [
    `const app = { clientId: '${clientId}', redirectUri: '${redirectUri}' }`,
    '',
    '// Send people to sign in.',
    `const scope = '${scope}'`,
    `const { url } = await oauth.authorizationUrl(${request})`,
    'location.assign(url)',
    '',
    '// They are back, with a code.',
    'const { code, state, iss } = Object.fromEntries(new URLSearchParams(location.search))',
    'const { accessToken } = await oauth.exchangeCode({ ...app, code, state, iss })',
  ]
  const onServer = [
    `const redirectUri = '${redirectUri}'`,
    `const app = { clientId: '${clientId}', clientSecret: process.env.OAUTH_CLIENT_SECRET, redirectUri }`,
    '',
    '// Send people to url. Keep state and codeVerifier in their session.',
    `const scope = '${scope}'`,
    `const { url, state, codeVerifier } = await oauth.authorizationUrl(${request})`,
    '',
    '// They are back, with a code and the same state.',
    'const { accessToken } = await oauth.exchangeCode({ ...app, code, state, codeVerifier })',
  ]
  return [
    {
      label: 'authorization URL',
      code: url.href,
      note: `PKCE goes with it: CODE_CHALLENGE is the SHA-256 of a secret that the app makes for each sign-in. The SDK does that.${lasting ? ' With prompt=consent, since offline_access is left out without it.' : ''}`,
    },
    {
      label: 'SDK',
      code: [
        `import { Client } from './lib/sdk/client.ts'`,
        `import { createOAuth } from './lib/sdk/oauth.ts'`,
        '',
        `const baseUrl = '${baseUrl}'`,
        'const oauth = createOAuth({ baseUrl })',
        ...(type === 'public' ? inBrowser : onServer),
        'const client = new Client({ baseUrl, accessToken })',
      ].join('\n'),
    },
  ]
}

function byDevice(client: Facts, baseUrl: string): Snippet {
  const { clientId, type } = client
  return {
    label: 'code for a device',
    code: lines(
      `curl ${baseUrl}/oauth/device`,
      type === 'public' ? `-d client_id=${clientId}` : '-u "$OAUTH_CLIENT_ID:$OAUTH_CLIENT_SECRET"',
      `-d resource=${baseUrl}/v1`,
      `-d scope="${askedOfPeople(client)}"`,
    ),
    note: 'Show the user_code that it answers with, and ask /oauth/token with the device_code until the person has allowed it.',
  }
}

function forItself({ scopes }: Facts, baseUrl: string): Snippet {
  const own = scopes.filter((scope) => !Object.hasOwn(identityScopes, scope)).join(' ')
  return {
    label: 'token for itself',
    code: lines(
      `curl ${baseUrl}/oauth/token`,
      '-u "$OAUTH_CLIENT_ID:$OAUTH_CLIENT_SECRET"',
      '-d grant_type=client_credentials',
      `-d resource=${baseUrl}/v1`,
      ...(own ? [`-d scope="${own}"`] : []),
    ),
  }
}

function lines(...parts: string[]): string {
  return parts.join(' \\\n  ')
}

/** Those of its scopes that people can give away, without what the server would leave out. */
function askedOfPeople({ scopes, grants }: Facts): string {
  const left: readonly string[] = whyNotOffline(grants, 'consent') ? [...ownScopes, 'offline_access'] : ownScopes
  return scopes.filter((scope) => !left.includes(scope)).join(' ')
}
