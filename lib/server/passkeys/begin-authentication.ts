import { createHmac } from 'node:crypto'
import type { AuthenticationOptions } from '#lib/contract/options.ts'
import type { AuthenticateBegun } from '#lib/contract/passkeys.ts'
import { type Caller, placeOf } from '../caller.ts'
import { Problem } from '../problem.ts'
import { deriveKey } from '../root-secret.ts'
import { relyingPartyOf } from '../tenants/relying-party.ts'
import { idsOf } from './begin-registration.ts'
import { begin, newChallenge } from './ceremony.ts'
import { findUser } from './store.ts'

export interface AuthenticationRequest {
  /** Absent: whoever the chosen passkey belongs to. */
  username?: string | undefined
  options?: AuthenticationOptions | undefined
}

/**
 * Begins an authentication, for a user or for whoever comes with a passkey.
 *
 * For a user without a passkey a test environment says so; a live one answers as it would for one who has, and refuses
 * at the end.
 *
 * @throws Problem user_unknown
 * @see https://www.w3.org/TR/webauthn-3/#dictdef-publickeycredentialrequestoptions
 */
export async function beginAuthentication(caller: Caller, request: AuthenticationRequest): Promise<AuthenticateBegun> {
  const { username, options = {} } = request
  const { allowCredentials, ...chosen } = options
  const user = username === undefined ? null : await findUser(placeOf(caller), username)
  const known = user !== null && user.passkeys.length > 0
  if (username !== undefined && !known && caller.environment === 'test') {
    throw new Problem('user_unknown', `${username} has no passkey in this environment. Register one first.`)
  }
  const registered = username === undefined ? [] : known ? user.passkeys : [decoy(caller, username)]
  const allowed = idsOf(allowCredentials, registered)
  const publicKey = {
    challenge: newChallenge(),
    rpId: relyingPartyOf(caller.tenant).id,
    ...(allowed.length > 0 ? { allowCredentials: allowed } : {}),
    ...chosen,
  }
  // A named user binds the ceremony even where they do not exist: nobody else's passkey may finish it.
  const userId = username === undefined ? null : known ? user.id : 'nobody'
  return begin(
    caller,
    { kind: 'authentication', userId, username: username ?? null, displayName: null, further: false },
    publicKey,
  )
}

// What credentials look like that real providers make: length of the ID in bytes, and transports.
const shapes = [
  [20, 'hybrid internal'],
  [16, 'hybrid internal'],
  [32, 'internal'],
  [32, 'hybrid internal'],
  [48, 'usb'],
] as const

/**
 * A credential that does not exist. It is always the same for a name, so that asking twice tells nothing, and looks like
 * those of some real provider.
 */
function decoy(caller: Caller, username: string): { credentialId: string; transports: string } {
  const name = JSON.stringify([caller.tenant.id, caller.environment, username])
  const bytes = createHmac('sha512', deriveKey('decoy-credential')).update(name).digest()
  const [length, transports] = shapes[(bytes[63] ?? 0) % shapes.length] ?? shapes[0]
  return { credentialId: bytes.subarray(0, length).toString('base64url'), transports }
}
