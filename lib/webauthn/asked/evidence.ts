import {
  type AttestationObject,
  type AuthenticatorData,
  decodeAttestationObject,
  decodeAuthenticatorData,
  fromBase64url,
} from '../decode/index.ts'
import { dictionary } from '../dictionary.ts'
import type { CeremonyKind } from '../option.ts'

/** A ceremony as far as it went, as WebAuthn’s JSON. */
export interface AskedCeremony {
  kind: CeremonyKind
  /** What was set, by the option’s path; what is not in it was not asked for. */
  asked: Readonly<Record<string, unknown>>
  /** The options that the server answered. */
  options?: object | undefined
  /** The credential that came back. */
  credential?: object | undefined
  /** Milliseconds that the browser took for it, or for its refusal. */
  waited?: number | undefined
  /** The name of the exception that the browser ended the call with. */
  refused?: string | undefined
  /** The verdict on the attestation, where the server gave one. */
  trusted?: boolean | undefined
}

type Json = Readonly<Record<string, unknown>>

/** What a ceremony left behind that can tell what became of an option. */
export interface Evidence {
  kind: CeremonyKind
  asked: AskedCeremony['asked']
  options: Json | undefined
  /** Absent where none came back: then nothing below tells anything. */
  credential: Json | undefined
  authenticatorData: AuthenticatorData | undefined
  statement: AttestationObject | undefined
  attachment: string | undefined
  transports: readonly string[]
  /** What the client says of its extensions, by name. */
  client: Json
  /** What the authenticator says of its extensions, by identifier. */
  authenticator: ReadonlyMap<unknown, unknown>
  /** Whether the authenticator data is for this RP ID. */
  isFor(rpId: string): Promise<boolean>
  waited: number | undefined
  refused: string | undefined
  trusted: boolean | undefined
}

/** Reads what a ceremony left behind. What does not decode tells nothing. */
export function evidenceOf(ceremony: AskedCeremony): Evidence {
  const { kind, asked, waited, refused, trusted } = ceremony
  const credential = dictionary(ceremony.credential)
  const response = dictionary(credential?.response) ?? {}
  const statement =
    kind === 'registration' ? decodeAttestationObject(bytesOf(response.attestationObject)).value : undefined
  const authenticatorData =
    kind === 'registration'
      ? statement?.authenticatorData?.value
      : decodeAuthenticatorData(bytesOf(response.authenticatorData)).value
  const attachment = credential?.authenticatorAttachment
  return {
    kind,
    asked,
    options: dictionary(ceremony.options),
    credential,
    authenticatorData,
    statement,
    attachment: typeof attachment === 'string' ? attachment : undefined,
    transports: Array.isArray(response.transports) ? response.transports.map(String) : [],
    client: dictionary(credential?.clientExtensionResults) ?? {},
    authenticator: authenticatorData?.extensions ?? new Map(),
    isFor: (rpId) => hashes(rpId, authenticatorData?.rpIdHash),
    waited,
    refused,
    trusted,
  }
}

function bytesOf(text: unknown): Uint8Array {
  return (typeof text === 'string' ? fromBase64url(text) : null) ?? new Uint8Array()
}

async function hashes(text: string, hash: Uint8Array | undefined): Promise<boolean> {
  const own = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return hash !== undefined && own.every((byte, at) => byte === hash[at])
}
