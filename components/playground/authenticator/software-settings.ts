import type { WebAuthenticatorSettings } from '#lib/webauthn/authenticator/web-authenticator.ts'
import { dictionary } from '#lib/webauthn/dictionary.ts'
import { tamperingFaults } from './tampering.ts'

/** What a person sets of a software authenticator. */
export interface SoftwareSettings {
  name: string
  attachment: 'platform' | 'cross-platform'
  transports: readonly string[]
  /** Its passkeys leave the device, and count nothing. */
  synced: boolean
  /** COSE numbers; undefined: all that this browser can make keys for. */
  algorithms: readonly number[] | undefined
  prf: boolean
  largeBlob: boolean
  aaguid: string
  attestation: 'none' | 'packed'
  /** It tells who is there; one that does not is passed over where user verification is required. */
  verifiesUsers: boolean
  /** It says no to everything, as when somebody cancels. */
  refuses: boolean
  /** Milliseconds before it answers. */
  delay: number
  /** The id of the fault that its next answer has. */
  tamper: string | undefined
}

/** As the catalogue of AAGUIDs has it. */
export const softwareAaguid = '553d637d-85a1-4f3e-9492-d51304eb4b40'

export const transports = ['internal', 'hybrid', 'usb', 'nfc', 'ble', 'smart-card'] as const

export const platformSettings: SoftwareSettings = {
  name: 'Platform',
  attachment: 'platform',
  transports: ['internal', 'hybrid'],
  synced: true,
  algorithms: undefined,
  prf: true,
  largeBlob: true,
  aaguid: softwareAaguid,
  attestation: 'none',
  verifiesUsers: true,
  refuses: false,
  delay: 0,
  tamper: undefined,
}

export const roamingSettings: SoftwareSettings = {
  ...platformSettings,
  name: 'Security key',
  attachment: 'cross-platform',
  transports: ['usb', 'nfc'],
  synced: false,
}

/** So many at once: more are no help to anybody. */
export const mostAuthenticators = 8
export const longestDelay = 60_000
export const longestName = 40

/** What it is called, also where its name was left empty. */
export function nameOf({ name }: Pick<SoftwareSettings, 'name'>): string {
  return name.trim() || 'Unnamed'
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i

export function isAaguid(text: string): boolean {
  return uuid.test(text)
}

/** The settings in the authenticator’s own words. */
export function webSettings(settings: SoftwareSettings, origin: string): WebAuthenticatorSettings {
  const { attachment, transports, synced, algorithms, prf, largeBlob, aaguid, attestation, verifiesUsers } = settings
  return {
    ...{ origin, attachment, transports, prf, largeBlob, attestation, verifiesUsers },
    ...(algorithms ? { algorithms } : {}),
    aaguid: isAaguid(aaguid) ? aaguid.toLowerCase() : softwareAaguid,
    backupEligible: synced,
    backedUp: synced,
    counts: !synced,
  }
}

/** Settings from a text that the tab has kept; what is wrong in it is as it is by default. */
export function settingsFrom(value: unknown): SoftwareSettings {
  const kept = dictionary(value) ?? {}
  const base = kept.attachment === 'cross-platform' ? roamingSettings : platformSettings
  const flag = (name: 'synced' | 'prf' | 'largeBlob' | 'verifiesUsers' | 'refuses') =>
    typeof kept[name] === 'boolean' ? (kept[name] as boolean) : base[name]
  const { name, aaguid, delay, algorithms, tamper } = kept
  return {
    ...base,
    name: typeof name === 'string' ? name.slice(0, longestName) : base.name,
    transports: Array.isArray(kept.transports)
      ? transports.filter((each) => (kept.transports as unknown[]).includes(each))
      : base.transports,
    synced: flag('synced'),
    prf: flag('prf'),
    largeBlob: flag('largeBlob'),
    verifiesUsers: flag('verifiesUsers'),
    refuses: flag('refuses'),
    attestation: kept.attestation === 'packed' ? 'packed' : 'none',
    aaguid: typeof aaguid === 'string' && isAaguid(aaguid) ? aaguid : base.aaguid,
    delay: typeof delay === 'number' && delay >= 0 && delay <= longestDelay ? delay : 0,
    algorithms: Array.isArray(algorithms) ? algorithms.filter(Number.isInteger) : undefined,
    tamper: tamperingFaults.find((fault) => fault.id === tamper)?.id,
  }
}
