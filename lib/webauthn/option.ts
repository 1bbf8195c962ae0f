/** One thing that a caller may choose for a ceremony. */
export interface WebAuthnOption {
  /** The WebAuthn name; a dot leads into a nested dictionary. */
  path: string
  ceremonies: readonly CeremonyKind[]
  kind: 'choice' | 'list' | 'algorithms' | 'milliseconds' | 'text' | 'bytes' | 'credentials' | 'extension'
  /** Where it stands: in `publicKey`, where nothing is said, or beside it in the call. */
  place?: 'call'
  /** What may be chosen, in the specification's order. Absent: free, within the kind. */
  values?: readonly { value: string | number | boolean; note: string }[]
  /** Of an extension: what its input is. */
  input?: ExtensionInput
  title: string
  /** What it does, for somebody who has never read the specification. */
  note: string
  /** What WebAuthn does when it is not set. */
  whenUnset: string
  spec: string
}

export type CeremonyKind = 'registration' | 'authentication'

/** What an extension takes: `true`, one of the entry's values, bytes (base64url), text, or a dictionary of its own. */
export type ExtensionInput = 'flag' | 'choice' | 'bytes' | 'text' | 'prf' | 'largeBlob'
