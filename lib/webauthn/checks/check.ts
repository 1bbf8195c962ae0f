/** One verification step, evaluated. `expected` and `actual` are short texts for people; `spec` is the step's URL. */
export interface Check {
  /** Stable, kebab-case; the same step has the same id in both ceremonies. */
  id: string
  title: string
  spec: string
  outcome: 'pass' | 'fail' | 'skipped'
  expected: string
  actual: string
}
