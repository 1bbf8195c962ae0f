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

/** How many values are written wrong. */
export function countMistakes(values: OptionValues): number {
  return Object.values(values).filter((value) => value instanceof Mistake).length
}

/** The choices without what is written wrong. */
export function soundChoices({ registration, authentication }: Choices): Choices {
  return { registration: soundValues(registration), authentication: soundValues(authentication) }
}

/** Values without what is written wrong. */
export function soundValues(values: OptionValues): OptionValues {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !(value instanceof Mistake)))
}
