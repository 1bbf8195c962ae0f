import type { AuthenticationOptions, RegistrationOptions } from '#lib/contract/options.ts'
import { type CeremonyKind, optionAt } from '#lib/webauthn/options.ts'
import { descriptorsOf, isInvented } from './invented-credentials.ts'
import type { Choices } from './option-values.ts'

interface Options {
  registration: RegistrationOptions
  authentication: AuthenticationOptions
}

/** What a ceremony is asked with: each part undefined where nothing was set for it. */
export interface Asked<Kind extends CeremonyKind> {
  /** The request's `options`, under the names of WebAuthn. */
  options: Options[Kind] | undefined
  /** Members that the server does not know: the browser is called with them as they are. */
  added: Record<string, unknown> | undefined
  mediation: CredentialMediationRequirement | undefined
}

/** What was set, and only that. For choices without a mistake: one would be sent as it stands. */
export function askedOf<Kind extends CeremonyKind>(kind: Kind, choices: Choices): Asked<Kind> {
  const { mediation, ...members } = choices[kind]
  const known = Object.entries(members).filter(([path]) => isForServer(kind, path))
  const added = Object.entries(members).filter(([path]) => !isForServer(kind, path))
  return {
    options: nested(known) as Options[Kind] | undefined,
    added: nested(added),
    mediation: mediation as CredentialMediationRequirement | undefined,
  }
}

/** The server passes on every extension, also one that it has never heard of; of other members it takes the ceremony’s own. */
function isForServer(kind: CeremonyKind, path: string): boolean {
  return path.startsWith('extensions.') || Boolean(optionAt(path)?.ceremonies.includes(kind))
}

/** Values by path as WebAuthn nests them; undefined where there is none. A name may have dots after the first. */
function nested(values: [path: string, value: unknown][]): Record<string, unknown> | undefined {
  const members = new Map<string, unknown>()
  for (const [path, chosen] of values) {
    const value = isInvented(chosen) ? descriptorsOf(chosen) : chosen
    const [head = '', ...rest] = path.split('.')
    const inner = rest.length ? { ...(members.get(head) as object | undefined), [rest.join('.')]: value } : value
    members.set(head, inner)
  }
  return values.length ? Object.fromEntries(members) : undefined
}
