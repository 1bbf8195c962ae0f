import { answerWords, type FactGroup } from './fact.ts'
import type { SeenBrowser } from './seen-browser.ts'

/** What a browser can, as text for a bug report. */
export function browserReportText({ userAgent, origin }: SeenBrowser, groups: readonly FactGroup[], at: Date): string {
  const parts = groups.map(({ title, facts }) =>
    [
      title,
      ...facts.map(({ title, answer, found }) => `  ${answerWords[answer]}: ${title}${found ? ` (${found})` : ''}`),
    ].join('\n'),
  )
  return [`Browser: ${userAgent}\nPage: ${origin}\nAt: ${at.toISOString()}`, ...parts].join('\n\n')
}

/** The same as JSON, with everything that the browser told as it told it. */
export function browserReportJson(seen: SeenBrowser, groups: readonly FactGroup[], at: Date): string {
  const answers = Object.fromEntries(groups.flatMap(({ facts }) => facts.map(({ id, answer }) => [id, answer])))
  return JSON.stringify({ at: at.toISOString(), ...seen, answers }, null, 2)
}
