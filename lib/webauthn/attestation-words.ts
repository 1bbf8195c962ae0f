/** What became of an attestation, as the API tells it. */
interface Attestation {
  format: string
  trusted: boolean
  source: 'fido-metadata' | 'trust-anchor' | 'built-in' | null
  root: string | null
  status: readonly string[]
  description: string | null
}

const sources = {
  'fido-metadata': 'a root in FIDO’s metadata',
  'trust-anchor': 'a trust anchor of the tenant’s',
  'built-in': 'its maker’s root, which is built in',
}

/** What became of a passkey's attestation when it was registered, in a few words and in sentences. */
export function attestationWords({ format, trusted, source, root, status, description }: Attestation) {
  if (format === 'none') return { label: 'no attestation', note: 'Nobody vouches for the make and model.' }
  const said = (text: string) =>
    description ? `${description}: ${text}` : `${text.charAt(0).toUpperCase()}${text.slice(1)}`
  const reported = status.length > 0 ? ` FIDO’s metadata reported ${status.join(', ')}.` : ''
  const behind = source ? `${sources[source]}, ${root},` : 'a known root'
  const note = trusted
    ? `${behind} vouched for the make and model when it was registered.`
    : source
      ? `${behind} stands behind the make and model, and did not count when it was registered: see the check “Attestation trust”.`
      : 'nobody vouches for the make and model: a statement may be there, but no known root stands behind it.'
  return {
    label: `${format} attestation, ${trusted ? 'trusted' : 'unproven'}`,
    note: `${said(note)}${reported}`,
  }
}
