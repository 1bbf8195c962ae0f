import { noAaguid } from './credential.ts'

/** What kind of authenticator it is. */
export interface AuthenticatorSettings {
  /** Of the page that the authenticator answers for. */
  origin: string
  aaguid?: string
  /** `packed` is self attestation. */
  attestation?: 'none' | 'packed'
  /** COSE numbers that it can make keys for. */
  algorithms?: readonly number[]
  transports?: readonly string[]
  attachment?: 'platform' | 'cross-platform'
  /** Whether it can tell who is there. */
  verifiesUsers?: boolean
  backupEligible?: boolean
  backedUp?: boolean
  /** Off: every counter stays 0, as with synced passkeys. */
  counts?: boolean
}

/** A platform authenticator that verifies its user and keeps to itself; the algorithms are whose key it is. */
export const authenticatorDefaults = {
  aaguid: noAaguid,
  attestation: 'none',
  transports: ['internal'],
  attachment: 'platform',
  verifiesUsers: true,
  backupEligible: false,
  backedUp: false,
  counts: true,
} as const satisfies Partial<AuthenticatorSettings>
