import { fromBase64url } from '../decode/bytes.ts'
import type { AttestationObject } from '../decode/index.ts'
import { isOverloaded } from './certificate-parts.ts'

/**
 * Why a statement's certificates are not read further, or undefined. What SimpleWebAuthn reads of the one that signs takes it
 * long, and whoever makes a statement chooses what is in it.
 */
export function certificatesFault(statement: AttestationObject): string | undefined {
  const [signer] = certificatesOf(statement)
  return signer && isOverloaded(signer) ? 'a certificate with more in it than any real one' : undefined
}

/** The certificates (DER) of a statement, the signer's first; none where there are none, or they cannot be told. */
export function certificatesOf({ fmt, attStmt }: AttestationObject): Uint8Array[] {
  if (fmt !== 'android-safetynet') return (attStmt.get('x5c') ?? []) as Uint8Array[]
  const [header = ''] = new TextDecoder().decode(attStmt.get('response') as Uint8Array).split('.')
  try {
    const { x5c } = JSON.parse(new TextDecoder().decode(fromBase64url(header) ?? new Uint8Array()))
    return x5c
      .slice(0, 8)
      .map((certificate: string) => Uint8Array.from(atob(certificate), (char) => char.charCodeAt(0)))
  } catch {
    return []
  }
}
