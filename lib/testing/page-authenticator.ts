/** What a virtual authenticator is like; by default a passkey provider on this device whose user says yes, synced in Chromium. */
export interface VirtualAuthenticatorOptions {
  protocol?: 'ctap2' | 'u2f'
  transport?: 'internal' | 'usb' | 'nfc' | 'ble' | 'hybrid'
  hasResidentKey?: boolean
  hasUserVerification?: boolean
  isUserVerified?: boolean
  automaticPresenceSimulation?: boolean
  defaultBackupEligibility?: boolean
  defaultBackupState?: boolean
  hasPrf?: boolean
  hasLargeBlob?: boolean
  hasCredBlob?: boolean
  hasMinPinLength?: boolean
}

/** Whether a passkey may leave its device, and whether it has. */
export interface BackupFlags {
  /** BE. */
  backupEligibility?: boolean
  /** BS. */
  backupState?: boolean
}

/** A credential on a virtual authenticator, as the DevTools protocol has it; what is bytes is base64. */
export interface VirtualCredential {
  credentialId: string
  isResidentCredential: boolean
  rpId?: string
  /** PKCS #8; Chromium takes ECDSA on P-256 alone. */
  privateKey: string
  signCount: number
  userHandle?: string
  largeBlob?: string
  backupEligibility?: boolean
  backupState?: boolean
  userName?: string
  userDisplayName?: string
}

/** What an authenticator says wrongly: a signature of zeros, no user verification, nobody present. */
export interface WrongAnswers {
  isBogusSignature?: boolean
  isBadUV?: boolean
  isBadUP?: boolean
}

/** A virtual authenticator: it answers a page's WebAuthn calls as a passkey provider would, and tells what it holds. */
export interface PageAuthenticator {
  /** What it holds now. */
  credentials(): Promise<VirtualCredential[]>
  /** Whether its user passes user verification (PIN, finger, face) from now on. */
  setUserVerified(isUserVerified: boolean): Promise<void>
  /** Whether somebody touches it when asked, from now on. */
  setPresence(enabled: boolean): Promise<void>
  /** Takes a credential in, of another virtual authenticator or of a `SoftwareAuthenticator`. */
  add(credential: VirtualCredential): Promise<void>
  /** Changes what a credential says of its backup from now on, as when it is synced, or turned off there. */
  setBackup(credentialId: string, flags: BackupFlags): Promise<void>
  /** What it says wrongly from now on; without anything, nothing. */
  setWrongAnswers(wrong?: WrongAnswers): Promise<void>
  /** Forgets one credential, as when the user deletes a passkey from their provider. */
  forget(credentialId: string): Promise<void>
  /** Takes it away from the page, as when a security key is pulled out. */
  remove(): Promise<void>
  /** Resolves at the next credential that is made. Call it before the click, await it after. */
  nextCredential(): Promise<VirtualCredential>
  /** Resolves at the next assertion, with the credential as it is after it. Call it before the click, await it after. */
  nextAssertion(): Promise<VirtualCredential>
}
