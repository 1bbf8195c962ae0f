import type { Decoded } from '../decode/index.ts'
import { errorsOf } from '../decode/tree.ts'
import { level3 } from '../specifications.ts'
import { brief } from './brief.ts'
import type { Check } from './check.ts'

/**
 * One rule of the specification: what it is called, where it stands in each ceremony, and how it is judged.
 *
 * A step that both ceremonies have is one entry with two places.
 */
export interface Step<Context> {
  id: string
  title: string
  registration?: Place
  authentication?: Place
  evaluate(context: Context): Verdict
}

/** A step's number in §7.1 or §7.2; a fragment where the specification gives the step, or the rule, its own. */
export interface Place {
  step?: number
  /** The last of several steps that the rule covers. */
  to?: number
  anchor?: string
  /** The rule's own page, where it is not the specification's: such a rule is judged after all that are. */
  url?: string
}

/** Rules without a number stand before the numbered ones, and rules from elsewhere behind them. */
function rank({ step = 0, url }: Place): number {
  return url ? Number.MAX_SAFE_INTEGER : step
}

export type Verdict = Pick<Check, 'outcome' | 'expected' | 'actual'>

/** @see https://www.w3.org/TR/webauthn-3/#sctn-rp-operations */
const sections = {
  registration: { number: '7.1', anchor: 'sctn-registering-a-new-credential' },
  authentication: { number: '7.2', anchor: 'sctn-verifying-assertion' },
} as const

/** Steps of a ceremony, in the order in which they are judged. */
export type Ordered<Context> = readonly { named: ReturnType<typeof placed>; step: Step<Context> }[]

/** Those of the steps that a ceremony has, in the specification's order. */
export function inOrder<Context>(ceremony: keyof typeof sections, steps: readonly Step<Context>[]): Ordered<Context> {
  return steps
    .flatMap((step) => {
      const place = step[ceremony]
      return place ? [{ step, place }] : []
    })
    .sort((a, b) => rank(a.place) - rank(b.place))
    .map(({ step, place }) => ({ step, named: placed(ceremony, step, place) }))
}

/** Judges every step, whatever the others found. */
export function evaluate<Context>(steps: Ordered<Context>, context: Context): Check[] {
  return steps.map(({ named, step }) => ({ ...named, ...step.evaluate(context) }))
}

/** What a step is called, and where it stands. */
export function placed(
  ceremony: keyof typeof sections,
  { id, title }: Pick<Step<never>, 'id' | 'title'>,
  { url, anchor, step, to }: Place,
): Pick<Check, 'id' | 'title' | 'spec' | 'step'> {
  const section = sections[ceremony]
  return {
    id,
    title,
    spec: url ?? `${level3}#${anchor ?? section.anchor}`,
    ...(step ? { step: `§${section.number} step ${step}${to ? `–${to}` : ''}` } : {}),
  }
}

/** The verdict on a plain condition. */
export function verdict(passed: boolean, expected: string, actual: string): Verdict {
  return { outcome: passed ? 'pass' : 'fail', expected, actual }
}

/**
 * The verdict on a structure as a whole: it decodes, and nothing in it is wrong. What is inside the parts named in
 * `closed` is left to steps of their own, so that a fault is reported where it is.
 */
export function wellFormed(
  { node, value }: Decoded<unknown>,
  expected: string,
  closed: readonly string[] = [],
): Verdict {
  const errors = errorsOf(node, closed)
  const whole = value !== undefined && errors.length === 0
  return verdict(whole, expected, whole ? 'well-formed' : brief(errors.join('; ') || 'does not decode'))
}

/** Not judged: `reason` says what stood in the way. */
export function skipped(expected: string, reason: string): Verdict {
  return { outcome: 'skipped', expected, actual: reason }
}
