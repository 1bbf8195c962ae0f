import { X509Certificate } from 'node:crypto'
import { SettingsService } from '@simplewebauthn/server'

/** Formats whose makers' roots come with SimpleWebAuthn. */
const formats = ['apple', 'android-key', 'android-safetynet'] as const

const known: ReadonlyMap<string, X509Certificate[]> = new Map(
  formats.map((identifier) => {
    const roots = SettingsService.getRootCertificates({ identifier }).map((pem) => new X509Certificate(pem))
    // Without roots it judges the statement alone. With them it refuses what leads to none, which is the tenant's to say, and
    // fetches the revocation lists that certificates name: whoever makes a chain could have this server call any address.
    SettingsService.setRootCertificates({ identifier, certificates: [] })
    return [identifier, roots]
  }),
)

/** The roots of a format's makers that are known without metadata; none for most formats. */
export function builtInRoots(fmt: string): readonly X509Certificate[] {
  return known.get(fmt) ?? []
}

/** FIDO's own roots of its metadata. */
export function metadataRoots(): X509Certificate[] {
  return SettingsService.getRootCertificates({ identifier: 'mds' }).map((pem) => new X509Certificate(pem))
}
