import type { CeremonyKind } from '../options.ts'

/** What was chosen for both ceremonies, by the option's path. A path that is not there is not sent. */
export type Chosen = Readonly<Record<CeremonyKind, Readonly<Record<string, unknown>>>>

/** What the rules know besides the choices; what is absent is not known. */
export interface LintContext {
  /** The page's host name. */
  host?: string | undefined
  /** The RP ID that holds where none is chosen. */
  rpId?: string | undefined
  /** Whose passkey it is. */
  username?: string | undefined
}

/** A button that puts right what a rule found. */
export interface Mend {
  /** What it does, in a word or two: “Use 300000”. */
  label: string
  change: (chosen: Chosen) => Chosen
}

/**
 * One thing that can be wrong with options that are valid by themselves. An `error` is refused by every browser that keeps to
 * the specification, a `warning` seldom does what was meant, a `note` is worth knowing.
 */
export interface LintRule {
  id: string
  severity: 'error' | 'warning' | 'note'
  ceremony: CeremonyKind
  /** What it is about and why it matters, as a sentence; undefined where it does not apply. */
  applies: (chosen: Chosen, context: LintContext) => string | undefined
  /** The paths that it is about: those of them that are set are marked. */
  members: readonly string[] | ((chosen: Chosen) => readonly string[])
  mend?: Mend
  /** Where what it says is written. */
  source: string
}

/** What a rule found. */
export interface Finding {
  rule: LintRule
  words: string
  members: readonly string[]
}

/** The same choices with one option set, or with undefined unset. */
export function withChosen(chosen: Chosen, ceremony: CeremonyKind, path: string, value: unknown): Chosen {
  const { [path]: _, ...others } = chosen[ceremony]
  return { ...chosen, [ceremony]: value === undefined ? others : { ...others, [path]: value } }
}

/** A rule for each of the two ceremonies, whose ids end in their names. */
export function inBoth(rule: (ceremony: CeremonyKind) => Omit<LintRule, 'ceremony'>): LintRule[] {
  return (['registration', 'authentication'] as const).map((ceremony) => {
    const made = rule(ceremony)
    return { ...made, id: `${made.id}-${ceremony}`, ceremony }
  })
}

/** An option's value as a list, empty where it is none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** An option's value as a dictionary, empty where it is none. */
export function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}
