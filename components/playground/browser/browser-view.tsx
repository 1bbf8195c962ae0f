'use client'

import { useEffect, useState } from 'react'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { browserFacts } from './browser-facts.ts'
import { browserReportJson, browserReportText } from './browser-report.ts'
import { answerWords, type FactAnswer, type FactGroup } from './fact.ts'
import { FactRow } from './fact-row.tsx'
import { type SeenBrowser, seeBrowser } from './seen-browser.ts'

/** What this browser says that it can do, and what each answer means for a tester. */
export function BrowserView({ rpId }: { rpId: string | undefined }) {
  const [asked, set] = useState<{ seen: SeenBrowser; at: Date }>()
  useEffect(() => {
    let gone = false
    void seeBrowser().then((seen) => gone || set({ seen, at: new Date() }))
    return () => {
      gone = true
    }
  }, [])
  if (!asked) return <p className="text-[14px] text-soft">Asking the browser.</p>
  const { seen, at } = asked
  const groups = browserFacts(seen, rpId)
  return (
    <div className="space-y-5">
      {seen.webAuthn ? null : (
        <Notice title="No passkeys in this browser">
          It has no WebAuthn, so nothing can be registered or signed in here. Decoding, options and everything that was
          recorded elsewhere work all the same. What can be said of this browser stands below.
        </Notice>
      )}
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-[14px] text-soft">{countsOf(groups)}</p>
        <div className="flex gap-2">
          <CopyButton text={browserReportText(seen, groups, at)} label="Copy as text" shown="Copy as text" />
          <CopyButton text={browserReportJson(seen, groups, at)} label="Copy as JSON" shown="Copy as JSON" />
        </div>
      </div>
      {groups.map(({ title, note, facts }) => (
        <section key={title} aria-label={title}>
          <h3 className="font-semibold text-[15px]">
            {title} <span className="font-normal text-[13px] text-faint">{note}</span>
          </h3>
          <ul className="mt-1.5 divide-y divide-line border-line border-y">
            {facts.map((fact) => (
              <FactRow key={fact.id} fact={fact} />
            ))}
          </ul>
        </section>
      ))}
      <p className="text-[14px] text-soft">
        What changes where another site frames the page:{' '}
        <a href="/playground/frame" className="font-medium text-accent underline underline-offset-2">
          see it in a frame
        </a>
        .
      </p>
      <p className="text-[12.5px] text-faint wrap-anywhere">{seen.userAgent}</p>
    </div>
  )
}

function countsOf(groups: readonly FactGroup[]): string {
  const answers = groups.flatMap(({ facts }) => facts.map(({ answer }) => answer))
  const count = (wanted: FactAnswer) => answers.filter((answer) => answer === wanted).length
  return `${count('supported')} supported, ${count('not-supported')} not supported, ${count('unknown')} ${answerWords.unknown.toLowerCase()}`
}
