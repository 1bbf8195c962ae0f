import type { GrantType } from '#lib/contract/oauth-scopes.ts'

/** The kinds of clients: what people call them, and what it means for them. */
export const typeWords = {
  public: {
    label: 'Public',
    note: 'A browser or mobile app. Its code is in people’s hands, so it has no secret: PKCE shows that who began a sign-in also ends it.',
  },
  confidential: {
    label: 'Confidential',
    note: 'A server of yours. It keeps a secret, and shows it each time that it asks for tokens.',
  },
} as const

interface GrantWords {
  label: string
  /** Its name in OAuth, without the prefix of the long one. */
  name: string
  note: string
}

/** The ways to get tokens, in plain words. */
export const grantWords: Readonly<Record<GrantType, GrantWords>> = {
  authorization_code: {
    label: 'People sign in with their browser',
    name: 'authorization_code',
    note: 'The app sends them to this server’s sign-in page, and they come back with a code.',
  },
  refresh_token: {
    label: 'It stays signed in',
    name: 'refresh_token',
    note: 'After an hour it gets new tokens by itself. People can take that back at any time.',
  },
  'urn:ietf:params:oauth:grant-type:device_code': {
    label: 'People sign in on another device',
    name: 'device_code',
    note: 'For televisions and command lines: they show a code, which people enter on their phone.',
  },
  client_credentials: {
    label: 'It acts for itself',
    name: 'client_credentials',
    note: 'Nobody signs in: a server gets tokens of its own with its secret.',
  },
}

/** In the order in which they are offered. */
export const grantOrder = Object.keys(grantWords) as GrantType[]
