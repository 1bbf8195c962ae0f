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
  /** Milliseconds that the authenticator was waited for, and was allowed. */
  waited?: number | undefined
  timeout?: number | undefined
  /** The RP ID that the server asked for. */
  rpId?: string | undefined
}
