import type { TenantAnswer } from '#lib/contract/tenant.ts'
import type { Run } from '../run.ts'

/** What the page knows when something fails, and the words may need. */
export interface Circumstances {
  kind: Run['kind']
  /** Absent in a usernameless sign-in. */
  username?: string | undefined
  tenant?: TenantAnswer | undefined
  /** Names of the other demo tenants, which share this one's relying party. */
  otherTenants: readonly string[]
  /** The page's own origin. */
  origin: string
  /** The options that the browser was given; absent until then. */
  asked?: Asked | undefined
  /** Nobody pressed a button: the request waited in the username field. */
  autofill?: boolean
  /** The authenticator has done its part. */
  answered?: boolean
  /** How the browser was told that it may involve the person, where it was told. */
  mediation?: string | undefined
  /** The page is in a frame. */
  framed?: boolean
  /** The number of the run that last used a passkey of this user on this page, where one did. */
  usedHere?: number | undefined
  /** Whether that run's authenticator verified the person. */
  verifiedHere?: boolean | undefined
  /** The RP ID is none that a browser takes on any page: a public suffix, an address. */
  noRpId?: boolean
  /** Whether the page's permission policy lets it ask for passkeys; absent where the browser does not tell. */
  permitted?: boolean | undefined
}

/** Members of WebAuthn's options that a failure can be about. */
export interface Asked {
  timeout?: number
  rpId?: string
  rp?: { id?: string }
  userVerification?: string
  attestation?: string
  authenticatorSelection?: { userVerification?: string; residentKey?: string; authenticatorAttachment?: string }
  extensions?: Record<string, unknown>
  excludeCredentials?: readonly unknown[]
}
