/** One verification step, evaluated. `expected` and `actual` are short texts for people; `spec` is the step's URL. */
export interface Check {
  /** Stable, kebab-case; the same step has the same id in both ceremonies. */
  id: string
  title: string
  spec: string
  /** The step's number in the Recommendation, such as “§7.1 step 9”; absent where the rule stands outside the two lists. */
  step?: string
  outcome: 'pass' | 'fail' | 'skipped'
  expected: string
  actual: string
}

/** The checks that refuse the response. A skipped check refuses nothing: what it waited for has failed by itself. */
export function failed(checks: readonly Check[]): Check[] {
  return checks.filter((check) => check.outcome === 'fail')
}
