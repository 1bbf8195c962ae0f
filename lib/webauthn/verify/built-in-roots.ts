import { SettingsService } from '@simplewebauthn/server'

/** Formats whose makers' roots come with SimpleWebAuthn. */
const formats = ['apple', 'android-key', 'android-safetynet'] as const

const known: ReadonlyMap<string, string[]> = new Map(
  formats.map((identifier) => {
    const roots = SettingsService.getRootCertificates({ identifier })
    // Without roots it judges the statement alone. With them it refuses what leads to none, which is policy to say, and
    // fetches the revocation lists that certificates name: whoever makes a chain could have any address called.
    SettingsService.setRootCertificates({ identifier, certificates: [] })
    return [identifier, roots]
  }),
)

/** The roots (PEM) of a format's makers that are known without metadata; none for most formats. */
export function builtInRoots(fmt: string): readonly string[] {
  return known.get(fmt) ?? []
}
