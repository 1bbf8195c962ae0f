import type { Run } from './run.ts'

/** The last finish answer or problem as JSON, for test suites: data in the page, never executed. */
export function LastResult({ run }: { run: Run | undefined }) {
  const failure =
    run?.failure &&
    (run.failure.problem ?? { code: run.failure.code, title: run.failure.what, detail: run.failure.raw })
  const result = run?.status === 'working' ? null : (run?.registered ?? run?.authenticated ?? failure ?? null)
  const json = JSON.stringify(result).replaceAll('<', '\\u003c')
  return (
    <script
      type="application/json"
      data-testid="last-result"
      // biome-ignore lint/security/noDangerouslySetInnerHtml: JSON without a less-than sign cannot end the element
      dangerouslySetInnerHTML={{ __html: json }}
    />
  )
}
