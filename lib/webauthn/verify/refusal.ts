/** Why SimpleWebAuthn refuses a response, in our words: its own quote what a client sent, and whole certificates. */
export interface Refusal {
  reason: string
  /**
   * Whether the proof is good, which it looks at last: the attestation statement, or the assertion's signature. Absent
   * where it did not get that far.
   */
  proof?: boolean
}

const bad = { proof: false }

/**
 * Messages of SimpleWebAuthn 14 by their beginnings, since a client's own text may follow. The first that fits counts.
 */
const refusals: readonly (Refusal & { says: RegExp })[] = [
  { says: /^Missing credential ID/, reason: 'no credential ID' },
  { says: /^Credential ID was not/, reason: 'id and rawId are not the same' },
  { says: /^Unexpected credential type/, reason: 'a credential of another type' },
  { says: /^Unexpected \w+ response type/, reason: 'the type of another ceremony' },
  { says: /^Unexpected \w+ response challenge/, reason: 'another challenge' },
  { says: /^Unexpected \w+ response origin/, reason: 'another origin' },
  { says: /^(?:Detected cross-origin|Unexpected (?:cross-|top )origin)/, reason: 'a frame in another site' },
  { says: /^(?:Unexpected (?:value for )?|ClientDataJSON )tokenBinding/i, reason: 'a tokenBinding' },
  { says: /^Unexpected RP ID hash/, reason: 'another RP ID' },
  { says: /^User (?:not present|presence)/, reason: 'nobody was present' },
  { says: /^User verification/, reason: 'the user was not verified' },
  { says: /^Unexpected public key alg/, reason: 'an algorithm that was not offered' },
  { says: /^This runtime's WebCrypto/, reason: 'an algorithm that cannot be verified here' },
  { says: /^Response counter value/, reason: 'a counter that did not grow' },
  { says: /^Single-device credential/, reason: 'a backup of what cannot be backed up', proof: true },
  { says: /^Unsupported Attestation Format/, reason: 'an attestation format that it does not know', ...bad },
  { says: /^None attestation had/, reason: '“none” with a statement', ...bad },
  { says: /^(?:x5c|No specified trust|Invalid certificate path)/, reason: 'no way to a root that it knows', ...bad },
  { says: /^Unexpected error while validating/, reason: 'no way to a root that it knows', ...bad },
  { says: /^(?:Certificate not good|Found certificate)/, reason: 'a certificate out of its period', ...bad },
  { says: /^The following certificate failed/, reason: 'a certificate whose revocation is not ruled out', ...bad },
  { says: /^Payload timestamp/, reason: 'a statement that is not of this minute', ...bad },
  { says: /^AAGUID /, reason: 'an AAGUID beside a U2F statement', ...bad },
  { says: /^Could not match TPM/, reason: 'a TPM whose maker is not written as the TCG asks', ...bad },
  { says: /^(?:Certificate|credCert missing)/, reason: 'a certificate that is not as its format asks', ...bad },
  { says: /^(?:Credential public key|PubArea) /, reason: 'a statement about another key', ...bad },
  { says: /^(?:Attestation challenge|credCert nonce|CertInfo)/, reason: 'a statement of another ceremony', ...bad },
  {
    says: /\((?:Packed|FIDOU2F|TPM|Android Key|Apple|SafetyNet)\b[^()]*\)$/,
    reason: 'a statement not of its format',
    ...bad,
  },
]

/** What a call of SimpleWebAuthn that threw means. */
export function refusalOf(error: unknown): Refusal {
  const message = error instanceof Error ? error.message : ''
  const { reason, proof } = refusals.find(({ says }) => says.test(message)) ?? {
    reason: 'SimpleWebAuthn could not read it',
  }
  return { reason, ...(proof === undefined ? {} : { proof }) }
}
