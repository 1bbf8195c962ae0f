import type { X509Certificate } from 'node:crypto'
import { beginningOf } from '#lib/webauthn/beginning.ts'

/** Whom a certificate is of, on one line. A certificate may name nobody. */
export function subjectOf({ subject, serialNumber }: X509Certificate): string {
  return subject ? beginningOf(subject.replaceAll('\n', ', '), 256) : `serial number ${serialNumber}`
}
