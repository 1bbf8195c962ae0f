import type { Evidence } from './evidence.ts'

/** `open`: nothing was learned, and the step can be run again. */
export type VerdictOutcome = 'as-specified' | 'differs' | 'not-supported' | 'skipped' | 'open'

export interface Verdict {
  outcome: VerdictOutcome
  why: string
}

export const verdictWords: Record<VerdictOutcome, string> = {
  'as-specified': 'As the specification says',
  differs: 'Differs',
  'not-supported': 'Not supported',
  skipped: 'Skipped',
  open: 'Not answered',
}

export const asSpecified = (why: string): Verdict => ({ outcome: 'as-specified', why })
export const differs = (why: string): Verdict => ({ outcome: 'differs', why })
export const notSupported = (why: string): Verdict => ({ outcome: 'not-supported', why })

/** Exceptions that say that an authenticator cannot do what is required of it. */
const inability = ['NotSupportedError', 'ConstraintError', 'NotAllowedError']

/**
 * What a failure says of the step, or undefined where every act was done. Without `mayLack` a refusal is a difference: the
 * step asks for nothing that an authenticator may be without.
 */
export function failedVerdict(evidence: readonly Evidence[], mayLack = false): Verdict | undefined {
  const failure = evidence.find(({ failure }) => failure)?.failure
  if (!failure) return undefined
  const { code, what, by, calm, failedChecks } = failure
  if (calm) return { outcome: 'open', why: `${what}. Run it again, or skip it.` }
  if (code === 'UnsupportedCall') return notSupported('The browser has no WebAuthn.')
  if (by === 'elsewhere') return { outcome: 'open', why: `${what} (${code}). It says nothing of the authenticator.` }
  if (by === 'server') {
    return differs(
      `The server refused the answer (${code})${failedChecks.length ? `: ${failedChecks.join(', ')}` : ''}.`,
    )
  }
  if (mayLack && inability.includes(code)) return notSupported(`Refused with ${code}: ${what}.`)
  return differs(`Refused with ${code}: ${what}.`)
}
