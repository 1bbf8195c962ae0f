import type { HttpMessage, MessageKind, StepId } from './oauth-flow.ts'

interface StepWords {
  title: string
  /** The button that begins it. */
  button: string
  /** What it is for. */
  about: string
  spec: { name: string; url: string }
}

/** Where an RFC says it. */
export const rfc = (number: number, section: string) => ({
  name: `RFC ${number} §${section}`,
  url: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`,
})

export const stepWords: Readonly<Record<StepId, StepWords>> = {
  authorize: {
    title: 'Authorization',
    button: 'Authorize in a popup',
    about:
      'The app sends the user to the server with the hash of a secret that it made up. The user signs in with a passkey and says what the app may do. The server sends them back with a code: no token ever passes through the address bar.',
    spec: rfc(6749, '4.1.1'),
  },
  exchange: {
    title: 'Code exchange',
    button: 'Exchange the code',
    about:
      'The app trades the code for tokens, and shows the secret itself. Only who began the flow knows it, so a stolen code is worth nothing.',
    spec: rfc(7636, '4.5'),
  },
  refresh: {
    title: 'Renewal',
    button: 'Refresh',
    about:
      'An access token lasts an hour. The refresh token gets the next one without the user, and is replaced each time: one that comes twice may be stolen, and ends everything.',
    spec: rfc(6749, '6'),
  },
  api: {
    title: 'API call',
    button: 'Call the API',
    about: 'The access token takes the place of an API key: it says which user let which app do what.',
    spec: rfc(6750, '2.1'),
  },
  userinfo: {
    title: 'Who it is',
    button: 'Userinfo',
    about:
      'Who is the user? A token is for one audience, and the API’s token is not for this endpoint. So the app first refreshes without a resource, and gets an opaque token that only this server can read.',
    spec: {
      name: 'OpenID Connect Core §5.3',
      url: 'https://openid.net/specs/openid-connect-core-1_0.html#UserInfo',
    },
  },
  introspect: {
    title: 'Token status',
    button: 'Introspect',
    about:
      'An opaque token says nothing by itself, so its holder asks the server. A JWT is not asked about: it can be read and verified by anyone.',
    spec: rfc(7662, '2'),
  },
  revoke: {
    title: 'Revocation',
    button: 'Revoke',
    about: 'The app gives its rights back. Revoking the refresh token ends every token of the same consent.',
    spec: rfc(7009, '2'),
  },
  codes: {
    title: 'Codes',
    button: 'Ask for the codes',
    about:
      'The device asks the server for two codes: one that it keeps to itself, and a short one that it shows to the person, with the address where it is entered.',
    spec: rfc(8628, '3.1'),
  },
  wait: {
    title: 'Answer on another device',
    button: 'Open the page',
    about:
      'The person opens that page where they have a passkey, compares the code and allows what is asked for. Until then the device asks for its tokens every few seconds.',
    spec: rfc(8628, '3.4'),
  },
  itself: {
    title: 'Token for itself',
    button: 'Ask for a token',
    about: 'Nobody signs in: the client shows its secret, and gets a token that speaks for itself alone.',
    spec: rfc(6749, '4.4'),
  },
}

interface MessageWords {
  label: string
  /** Who says it to whom. */
  way?: string
  about: string
  spec: { name: string; url: string }
}

const messageWords: Readonly<Record<MessageKind, MessageWords>> = {
  metadata: {
    label: 'Server metadata',
    about: 'Where the server’s endpoints are, and what it can do. The app knows nothing but the issuer.',
    spec: rfc(8414, '3'),
  },
  par: {
    label: 'Pushed request',
    about:
      'The request goes to the server directly, not through the user’s address bar. What comes back is a reference.',
    spec: rfc(9126, '2'),
  },
  authorize: {
    label: 'Authorization request',
    way: 'Browser → Server',
    about: 'The popup’s address. The user signs in and decides there; this page sees nothing of it.',
    spec: rfc(6749, '4.1.1'),
  },
  callback: {
    label: 'Authorization response',
    way: 'Browser → App',
    about:
      'The popup came back to the app’s own page, which handed this over. The state is the one that was sent, and iss is this server: both were checked.',
    spec: rfc(6749, '4.1.2'),
  },
  device: {
    label: 'Device request',
    about: 'The device says what it wants, and gets the two codes.',
    spec: rfc(8628, '3.1'),
  },
  token: {
    label: 'Token request',
    about: 'From the app to the server, not through the browser’s address bar.',
    spec: rfc(6749, '4.1.3'),
  },
  keys: {
    label: 'Signing keys',
    about: 'The server’s public keys: the ID token’s signature was verified with one of them.',
    spec: rfc(7517, '5'),
  },
  api: {
    label: 'API request',
    about: 'The token alone speaks: no API key, no cookie.',
    spec: rfc(6750, '2.1'),
  },
  userinfo: {
    label: 'Claims request',
    about: 'Claims of the user, as far as the scopes allow.',
    spec: stepWords.userinfo.spec,
  },
  introspect: {
    label: 'Status request',
    about: 'The server says whether the token is active, and whose it is.',
    spec: rfc(7662, '2.1'),
  },
  revoke: {
    label: 'Revocation request',
    about: 'The answer is 200 and empty, whether or not the token was known: it gives nothing away.',
    spec: rfc(7009, '2.1'),
  },
}

/** A request for tokens, where it is not with a code. */
const tokenWords: Readonly<Record<string, Pick<MessageWords, 'about' | 'spec'>>> = {
  refresh_token: { about: 'With the refresh token in place of a code.', spec: rfc(6749, '6') },
  client_credentials: { about: 'With the client’s own secret: no user takes part.', spec: rfc(6749, '4.4.2') },
  'urn:ietf:params:oauth:grant-type:device_code': {
    about: 'With the code that the device keeps. Until the person has answered, the answer is authorization_pending.',
    spec: rfc(8628, '3.4'),
  },
}

/** A message in words; a DPoP proof with a token has a specification of its own. */
export function wordsOfMessage({ kind, headers, body }: HttpMessage): MessageWords {
  const words = messageWords[kind]
  const bound = headers.some(([name]) => name.toLowerCase() === 'dpop')
  if (kind === 'token') {
    const grant = new URLSearchParams(body).get('grant_type')
    const about = tokenWords[grant ?? '']
    if (about && !bound) return { ...words, ...about }
    if (about) return { ...words, about: about.about, spec: rfc(9449, '5') }
  }
  return bound && kind !== 'par' ? { ...words, spec: rfc(9449, kind === 'token' ? '5' : '7.1') } : words
}

/** What each parameter means, of requests and of answers. */
export const parameterWords: Readonly<Record<string, string>> = {
  response_type: 'the app wants a code, nothing else',
  client_id: 'which app asks',
  redirect_uri: 'where the user goes back to; it must match to the letter',
  scope: 'what the app may do',
  state: 'a random value that comes back: the answer is to this request',
  nonce: 'a random value for the ID token: it is for this sign-in',
  code_challenge: 'SHA-256 of the app’s secret',
  code_challenge_method: 'how the challenge was made from the verifier',
  code_verifier: 'the secret itself: its hash was sent before',
  resource: 'whom the access token is for (RFC 8707)',
  prompt: 'what the user is asked again',
  login_hint: 'the username to begin with',
  dpop_jkt: 'thumbprint of the key that the code is bound to',
  request_uri: 'stands for the request that was pushed',
  code: 'one use, one minute',
  iss: 'which server answers (RFC 9207)',
  device_code: 'what the device keeps, to ask for its tokens with',
  user_code: 'what the device shows, and the person enters',
  verification_uri: 'where it is entered',
  verification_uri_complete: 'the same, with the code filled in',
  interval: 'seconds between two questions',
  grant_type: 'what is traded for tokens',
  refresh_token: 'gets the next access token, once',
  token: 'the token that it is about',
  token_type_hint: 'where to look first',
  access_token: 'for the resource',
  id_token: 'who signed in, for the app itself',
  token_type: 'how the token is presented',
  expires_in: 'seconds',
  error: 'why not',
  error_description: 'the same, for a developer',
  active: 'whether it still works',
  sub: 'the user',
  aud: 'whom it is for',
  exp: 'when it ends, in epoch seconds',
  iat: 'when it was issued',
  cnf: 'the key that it is bound to',
  username: 'the user’s name',
  preferred_username: 'the username',
  name: 'the display name',
  providerTenantId: 'the tenant that usage is counted for',
  providerTenantName: 'its name',
  environment: 'test or live',
  auth_time: 'when the passkey was used',
  acr: 'how strong the sign-in was',
  amr: 'how the user signed in',
  tenant: 'whom the token speaks for',
  key: 'no API key took part',
  client: 'the app, and what it may do',
  user: 'who let it',
  relyingParty: 'where the tenant’s passkeys work',
  limits: 'how much it may ask',
  issuer: 'the server’s name, in every token',
  authorization_endpoint: 'where users are sent',
  token_endpoint: 'where codes become tokens',
  jwks_uri: 'its public keys',
}
