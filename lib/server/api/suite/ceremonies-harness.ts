import type { AuthenticationOptions, RegistrationOptions } from '#lib/contract/options.ts'
import type { AuthenticateBegun, RegisterBegun } from '#lib/contract/passkeys.ts'
import type { CreateOverrides, GetOverrides, SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { failed } from '#lib/webauthn/checks/index.ts'
import { clock } from '../../clock.ts'
import { authenticate } from '../../keys/authenticate.ts'
import { issue } from '../../tokens/tokens.ts'
import { type newTenant, refusal } from './harness.ts'

// Whole ceremonies for the API's suite: begun, answered by the software authenticator, finished.

export type Tenant = Awaited<ReturnType<typeof newTenant>>
type Party = Pick<Tenant, 'client'> & { authenticator: SoftwareAuthenticator }

/** What the authenticator says instead of the truth, perhaps depending on what it was asked. */
export type Create = CreateOverrides | ((publicKey: RegisterBegun['publicKey']) => CreateOverrides)
export type Get = GetOverrides | ((publicKey: AuthenticateBegun['publicKey']) => GetOverrides)

interface Registration {
  username?: string
  options?: RegistrationOptions
  create?: Create
  userToken?: string | undefined
}

export async function attemptRegistration({ client, authenticator }: Party, registration: Registration = {}) {
  const { username = 'ada', options = {}, create = {}, userToken } = registration
  const { ceremonyId, publicKey } = await client.passkeys.register.begin({ username, options }, { userToken })
  const overrides = typeof create === 'function' ? create(publicKey) : create
  return client.passkeys.register.finish({ ceremonyId, credential: authenticator.create(publicKey, overrides) })
}

interface SignIn {
  /** Null: usernameless. */
  username?: string | null
  options?: AuthenticationOptions
  get?: Get
}

export async function attemptSignIn(
  { client, authenticator }: Party,
  { username = 'ada', options = {}, get = {} }: SignIn = {},
) {
  const { ceremonyId, publicKey } = await client.passkeys.authenticate.begin({
    ...(username === null ? {} : { username }),
    options,
  })
  const overrides = typeof get === 'function' ? get(publicKey) : get
  return client.passkeys.authenticate.finish({ ceremonyId, credential: authenticator.get(publicKey, overrides) })
}

/** A refusal with the ids of the specification's steps that failed. What the library thinks is left out. */
export async function verdictOn(call: Promise<unknown>) {
  const { status, code, checks = [] } = await refusal(call)
  const failures = failed(checks).flatMap(({ id }) => (id === 'second-opinion' ? [] : [id]))
  return { status, code, failures }
}

/** A user's token as the server would have issued it `seconds` ago. */
export async function tokenFrom(
  seconds: number,
  apiKey: string,
  { user, passkey: { id } }: { user: { id: string; username: string }; passkey: { id: string } },
) {
  const caller = await authenticate(apiKey)
  const now = clock.now
  clock.now = () => now() - seconds * 1000
  try {
    return (await issue(caller, { user, passkey: { id, backupEligible: false }, userVerified: true })).token
  } finally {
    clock.now = now
  }
}

/** The last bit of a byte string, turned. */
export const flipped = (bytes: Uint8Array) => bytes.with(-1, (bytes.at(-1) ?? 0) ^ 1)

/** A byte string with one more byte. */
export const longer = (bytes: Uint8Array) => Uint8Array.of(...bytes, 0)

/** CBOR arrays in each other, far deeper than any stack. */
export const deepCbor = Uint8Array.of(...new Uint8Array(3000).fill(0x81), 0)

/** Origins that are not `origin`, each by one property. */
export function otherOrigins(origin: string): [what: string, origin: string][] {
  const { protocol, hostname, port } = new URL(origin)
  return [
    ['another port', `${protocol}//${hostname}:${Number(port || 443) + 1}`],
    ['another scheme', origin.replace(protocol, protocol === 'http:' ? 'https:' : 'http:')],
    ['a subdomain', origin.replace('//', '//sub.')],
    ['another case', origin.replace(hostname, hostname.toUpperCase())],
    ['a trailing slash', `${origin}/`],
    ['a longer end', `${origin}.evil.example`],
  ]
}
