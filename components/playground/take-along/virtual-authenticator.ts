import type { SeenAuthenticator } from './run-facts.ts'

/** Chromium’s virtual authenticator, by its own names. */
export interface VirtualAuthenticatorOptions {
  protocol: 'ctap2' | 'u2f'
  ctap2Version?: 'ctap2_1'
  transport: string
  hasResidentKey: boolean
  hasUserVerification: boolean
  isUserVerified: boolean
  automaticPresenceSimulation: true
  defaultBackupEligibility?: boolean
  defaultBackupState?: boolean
  hasPrf?: true
  hasLargeBlob?: true
  hasCredBlob?: true
  hasMinPinLength?: true
}

interface Wanted {
  /** The attestation format of the passkey. */
  format: string | undefined
  /** The passkey must be one that needs no username. */
  discoverable: boolean
  /** The passkey must be one with a large blob. */
  blob: boolean
  /** Names of extensions that were asked for. */
  extensions: readonly string[]
}

/** The algorithms of Chromium’s virtual authenticator, as COSE numbers. */
export const virtualAlgorithms: readonly unknown[] = [-7, -8, -257, -48, -49, -50]

const transports = ['internal', 'usb', 'nfc', 'ble', 'hybrid']

/**
 * The virtual authenticator that is like the one that a ceremony showed: how it is reached, whether it verifies its user,
 * whether its passkeys are synced, and which extensions it has.
 *
 * @see https://chromedevtools.github.io/devtools-protocol/tot/WebAuthn/#type-VirtualAuthenticatorOptions
 */
export function virtualAuthenticator(seen: SeenAuthenticator, wanted: Wanted): VirtualAuthenticatorOptions {
  const { flags, extensions } = seen
  const roams = seen.attachment === 'cross-platform'
  const told = transports.find((each) => seen.transports.includes(each) && !(roams && each === 'internal'))
  const transport = told ?? (roams ? 'usb' : 'internal')
  if (wanted.format === 'fido-u2f') {
    const none = { hasResidentKey: false, hasUserVerification: false, isUserVerified: false }
    return { protocol: 'u2f', transport: 'usb', ...none, automaticPresenceSimulation: true }
  }
  const verifies = flags?.verified ?? true
  const blob = wanted.blob || has(extensions.largeBlob)
  const [credBlob, pin] = ['credBlob', 'minPinLength'].map((name) => wanted.extensions.includes(name))
  return {
    protocol: 'ctap2',
    ...(blob || credBlob || pin ? { ctap2Version: 'ctap2_1' as const } : {}),
    transport,
    hasResidentKey: wanted.discoverable || blob,
    // A passkey that is to be found without a username is made with verification.
    hasUserVerification: verifies || wanted.discoverable,
    isUserVerified: verifies || wanted.discoverable,
    automaticPresenceSimulation: true,
    defaultBackupEligibility: flags?.eligible ?? true,
    defaultBackupState: flags?.backedUp ?? true,
    ...('prf' in extensions ? { hasPrf: true as const } : {}),
    ...(blob ? { hasLargeBlob: true as const } : {}),
    ...(credBlob ? { hasCredBlob: true as const } : {}),
    ...(pin ? { hasMinPinLength: true as const } : {}),
  }
}

/** Whether an authenticator has blobs: a registration says so, and a sign-in by what it read or wrote. */
function has(largeBlob: unknown): boolean {
  const { supported, blob, written } = (largeBlob ?? {}) as Record<string, unknown>
  return supported === true || blob !== undefined || written === true
}
