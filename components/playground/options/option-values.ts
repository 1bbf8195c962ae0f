import type { AuthenticationOptions, RegistrationOptions } from '#lib/contract/options.ts'
import { type CeremonyKind, optionAt } from '#lib/webauthn/options.ts'
import { descriptorsOf, isInvented } from './invented-credentials.ts'
import { Mistake } from './mistake.ts'

/**
 * What was chosen, by the option's path, or the `Mistake` in its place. What is not in it is unset, and is not sent. A path
 * that is none of the catalogue's is a member that somebody wrote out: it is kept, and sent as it is.
 */
export type OptionValues = Readonly<Record<string, unknown>>

/** Everything that the options set. */
export interface Choices {
  registration: OptionValues
  authentication: OptionValues
}

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

/** The same values with one of them set, or with undefined unset. */
export function withOption(values: OptionValues, path: string, value: unknown): OptionValues {
  const { [path]: _, ...others } = values
  return value === undefined ? others : { ...others, [path]: value }
}

/** How many options are set in both ceremonies. */
export function countSet(choices: Choices): number {
  return Object.keys(choices.registration).length + Object.keys(choices.authentication).length
}

/** Whether the name field is to offer passkeys. */
export function offersPasskeys({ authentication }: Choices): boolean {
  return authentication.mediation === 'conditional'
}

/** The same choices, without passkeys offered in the name field. */
export function withoutOffer(choices: Choices): Choices {
  return offersPasskeys(choices)
    ? { ...choices, authentication: withOption(choices.authentication, 'mediation', undefined) }
    : choices
}

/** The choices without what is written wrong. */
export function soundChoices({ registration, authentication }: Choices): Choices {
  return { registration: soundValues(registration), authentication: soundValues(authentication) }
}

/** Values without what is written wrong. */
export function soundValues(values: OptionValues): OptionValues {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !(value instanceof Mistake)))
}
