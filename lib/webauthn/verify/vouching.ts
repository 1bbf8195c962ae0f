import { toHex } from '../decode/bytes.ts'
import { certificateParts } from './certificate-parts.ts'

/** An attestation statement that was verified, as far as trust in it goes. */
export interface Vouching {
  fmt: string
  /** DER, the signer's first; none where nobody but the authenticator vouches for it. */
  certificates: readonly Uint8Array[]
  aaguid: string
}

const noModel = '00000000-0000-0000-0000-000000000000'

/**
 * What was found where a statement vouches for no authenticator of the model that it came with, whoever signed its
 * certificates: one that names a model vouches for no other, and what U2F signs names none.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-packed-attestation-cert-requirements
 * @see https://www.w3.org/TR/webauthn-3/#sctn-fido-u2f-attestation
 */
export function modelFault({ fmt, certificates: [signer], aaguid }: Vouching): string | undefined {
  if (fmt === 'fido-u2f' && aaguid !== noModel) return 'an AAGUID beside a U2F statement, which vouches for none'
  if (!signer || !['packed', 'tpm'].includes(fmt)) return undefined
  const named = certificateParts(signer)?.aaguid
  if (!named || toHex(named.bytes) === aaguid.replaceAll('-', '')) return undefined
  return 'a certificate of another model'
}
