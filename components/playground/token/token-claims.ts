import { type AuthenticationMethod, audienceOf, type TokenClaims } from '#lib/contract/token.ts'
import { ownMember } from '#lib/webauthn/dictionary.ts'
import { localTime } from './token-time.ts'

/** One claim, in plain words. */
export interface Claim {
  name: string
  value: string
  /** Beside the value: the same moment for a person, for a claim that is a number of seconds. */
  time?: string
  meaning: string
  /** A list's members, each with its own meaning. */
  members?: { value: string; meaning: string }[]
  /** What the token is for: the tenant. */
  hero?: boolean
}

/** @see https://www.rfc-editor.org/rfc/rfc8176 */
const methods: Readonly<Record<string, string>> = {
  pop: 'proved that they hold a private key',
  hwk: 'the key cannot leave its device',
  swk: 'the key syncs between the person’s devices',
  user: 'someone was present and agreed',
  mfa: 'two factors: the passkey, and a PIN, finger or face',
} satisfies Record<AuthenticationMethod, string>

const types: Readonly<Record<string, string>> = {
  'at+jwt': 'an access token (RFC 9068)',
  'approval+jwt': 'an approval of one action, and no token',
  'dpop+jwt': 'a proof of possession (RFC 9449)',
}

type Meaning = (value: string, username: string) => string

/** What each claim means, in the order of reading. */
const meanings: Readonly<Record<string, Meaning>> = {
  providerTenantId: () => 'usage is counted for it',
  providerTenantName: () => 'its name, on every usage record',
  environment: (value) => (value === 'live' ? 'from a live key' : 'from a test key: not production'),
  aud: audienceMeaning,
  sub: (_, username) => `${username}, in this tenant`,
  preferred_username: () => 'to show, never to look up by',
  amr: () => 'how the person signed in',
  passkeyId: () => 'the passkey that was used; deleting it ends what the token can do here',
  auth_time: () => 'when the passkey was used',
  iat: () => 'when the token was issued',
  nbf: () => 'not valid before',
  exp: () => 'refused from this moment on',
  jti: () => 'this token’s own id, for logs',
  azp: (value) =>
    /^(?:cli|playground)_/.test(value)
      ? 'the app that asked for it; usage is counted by it'
      : 'the API key that asked for it; usage is counted by it',
  iss: () => 'who issued it, and has the keys',
  client_id: () => 'the app that the token was given to',
  scope: () => 'what the user allowed it to do',
  cnf: () => 'thumbprint of the key that it is bound to',
  action: () => 'what the user approved, and nothing else',
  acr: (value) => (value === 'phrh' ? 'resists phishing, protected by hardware' : 'a sign-in that resists phishing'),
  nonce: () => 'the app’s own value, to know its answer by',
  at_hash: () => 'ties the access token to this ID token',
  name: () => 'the display name',
  grant_id: () => 'the consent that it came from, and ends with',
  htm: () => 'the method that the proof is for',
  htu: () => 'the address that the proof is for',
  ath: () => 'hash of the access token that it goes with',
  jwk: () => 'the public key; its owner signed this',
  alg: (value) => (value === 'ES256' ? 'ECDSA on P-256 with SHA-256' : 'the signature algorithm'),
  kid: () => 'which of the server’s keys signed it',
  typ: (value) => types[value] ?? 'a JSON Web Token',
} satisfies Record<keyof TokenClaims | 'nbf' | 'alg' | 'kid' | 'typ', Meaning> & Record<string, Meaning>

function audienceMeaning(value: string): string {
  if (value === audienceOf('live')) return 'for the MPC server in production'
  if (value === audienceOf('test')) return 'a live MPC server refuses it'
  return URL.canParse(value) ? 'for this server’s API, and nobody else' : 'the app that it was made for'
}

const order = Object.keys(meanings)

const moments = new Set(['iat', 'exp', 'nbf', 'auth_time'])

/** The members of a header or payload as claims: the tenant first, what is not known last. */
export function claimsOf(part: Record<string, unknown>, username: string): Claim[] {
  const rank = (name: string) => (order.indexOf(name) + order.length + 1) % (order.length + 1)
  return Object.entries(part)
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([name, value]) => claimOf(name, value, username))
}

function claimOf(name: string, value: unknown, username: string): Claim {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const meaning = ownMember(meanings, name)?.(text, username) ?? 'a claim of this issuer'
  return {
    name,
    value: text,
    meaning,
    ...(moments.has(name) && typeof value === 'number' && { time: localTime(value * 1_000) }),
    ...(name === 'amr' && Array.isArray(value) && { members: value.map(methodOf) }),
    ...(name.startsWith('providerTenant') && { hero: true }),
  }
}

function methodOf(method: unknown) {
  const value = String(method)
  return { value, meaning: methods[value] ?? 'another method' }
}
