/** What an authenticator holds of a credential, but for its private key. */
export interface HeldCredential {
  /** base64url. */
  id: string
  rpId: string
  /** COSE number. */
  algorithm: number
  aaguid: string
  /** base64url. */
  userHandle: string
  /** Found without being listed, and then telling its user handle. */
  discoverable: boolean
  signCount: number
  backupEligible: boolean
  backedUp: boolean
}

export const noAaguid = '00000000-0000-0000-0000-000000000000'
