import { encode } from '@peculiar/utils/pem'

/**
 * DER as PEM, in lines of 64 characters. The label says what it is: `CERTIFICATE`, `PUBLIC KEY`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7468
 */
export function pemOf(label: 'CERTIFICATE' | 'PUBLIC KEY', der: Uint8Array): string {
  return encode(label, der)
}
