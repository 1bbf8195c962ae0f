import { X509Certificate } from 'node:crypto'
import { SettingsService } from '@simplewebauthn/server'
import { builtInRoots as rootsOf } from '#lib/webauthn/verify/built-in-roots.ts'

const read = new Map<string, X509Certificate[]>()

/** The roots of a format's makers that are known without metadata; none for most formats. */
export function builtInRoots(fmt: string): readonly X509Certificate[] {
  const roots = read.get(fmt) ?? rootsOf(fmt).map((pem) => new X509Certificate(pem))
  if (roots.length > 0) read.set(fmt, roots)
  return roots
}

/** FIDO's own roots of its metadata. */
export function metadataRoots(): X509Certificate[] {
  return SettingsService.getRootCertificates({ identifier: 'mds' }).map((pem) => new X509Certificate(pem))
}
