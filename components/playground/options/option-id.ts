import type { CeremonyKind } from '#lib/webauthn/options.ts'

/** The id of an option's control. */
export function optionId(ceremony: CeremonyKind, path: string): string {
  return `${ceremony}-${path.replaceAll('.', '-')}`
}
