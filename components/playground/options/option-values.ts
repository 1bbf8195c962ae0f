import type { AuthenticationOptions, RegistrationOptions } from '#lib/contract/options.ts'
import { type CeremonyKind, optionsOf } from '#lib/webauthn/options.ts'

/** What was chosen, by the option's path, or the `Mistake` in its place. What is not in it is unset, and is not sent. */
export type OptionValues = Readonly<Record<string, unknown>>

/** Everything that the options panel sets. */
export interface Choices {
  registration: OptionValues
  authentication: OptionValues
  /** Offer passkeys in the username field (conditional mediation). */
  autofill: boolean
}

interface Options {
  registration: RegistrationOptions
  authentication: AuthenticationOptions
}

/**
 * The request's `options`: only what was set, under the names of WebAuthn; undefined when nothing was. For choices
 * without a mistake: one would be sent as it stands.
 */
export function optionsOfRequest<Kind extends CeremonyKind>(kind: Kind, choices: Choices): Options[Kind] | undefined {
  const request: Record<string, unknown> = {}
  for (const { path } of optionsOf(kind)) {
    const value = choices[kind][path]
    if (value === undefined) continue
    const [head = '', leaf] = path.split('.')
    if (leaf) request[head] = { ...(request[head] as object | undefined), [leaf]: value }
    else request[head] = value
  }
  return Object.keys(request).length ? (request as Options[Kind]) : undefined
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
