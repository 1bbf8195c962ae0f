import type { AuthenticationOptions, RegistrationOptions } from '#lib/contract/options.ts'
import { type CeremonyKind, optionAt } from '#lib/webauthn/options.ts'
import { descriptorsOf, isInvented } from './invented-credentials.ts'

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
  const known = Object.entries(members).filter(([path]) => isForServer(path))
  const added = Object.entries(members).filter(([path]) => !isForServer(path))
  return {
    options: nested(known) as Options[Kind] | undefined,
    added: nested(added),
    mediation: mediation as CredentialMediationRequirement | undefined,
  }
}

/** The server passes on every extension, also one that it has never heard of. */
function isForServer(path: string): boolean {
  return optionAt(path) !== undefined || path.startsWith('extensions.')
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

/** The inputs of all extensions that are set, or what is written in their place; undefined where none is. */
export function extensionsIn(values: OptionValues): unknown {
  if (values.extensions !== undefined) return values.extensions
  const inputs = Object.entries(values).filter(([path]) => path.startsWith('extensions.'))
  return inputs.length ? Object.fromEntries(inputs.map(([path, input]) => [path.slice(11), input])) : undefined
}

/** The same values with these extension inputs alone; a mistake stands in the place of all of them. */
export function withExtensions(values: OptionValues, inputs: unknown): OptionValues {
  const others = Object.entries(values).filter(([path]) => path.split('.')[0] !== 'extensions')
  const own = isInputs(inputs)
    ? Object.entries(inputs).map(([name, input]) => [`extensions.${name}`, input])
    : inputs === undefined
      ? []
      : [['extensions', inputs]]
  return Object.fromEntries([...others, ...own])
}

function isInputs(inputs: unknown): inputs is Record<string, unknown> {
  return typeof inputs === 'object' && inputs !== null && Object.getPrototypeOf(inputs) === Object.prototype
}
