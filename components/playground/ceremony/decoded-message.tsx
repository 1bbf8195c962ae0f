'use client'

import { useCallback, useState } from 'react'
import { CodeBlock } from '../../ui/code-block.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { DecodedPart } from '../../ui/decoded-part.tsx'
import { Late } from '../../ui/late.tsx'
import type { Message, Run } from '../run.ts'
import { MessageCopy } from '../take-along/message-copy.tsx'
import { wayText } from './ceremony-lanes.ts'
import { sectionsOf } from './decoded-sections.ts'
import { DecodedToggle } from './decoded-toggle.tsx'
import { aboutMessage } from './decoded-words.ts'

/** One message of a ceremony: what it is for, then its parts decoded, or the JSON as it went. */
export function DecodedMessage({ message, run, baseUrl }: { message: Message; run: Run; baseUrl: string }) {
  const [raw, setRaw] = useState(false)
  const load = useCallback(() => sectionsOf(message), [message])
  const json = JSON.stringify(message.body, null, 2) ?? ''

  return (
    <article aria-label={message.label}>
      <header className="relative z-20 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <h3 className="font-semibold">
            {message.label}{' '}
            <span className="font-normal text-[13px] text-faint">{wayText(message.from, message.to)}</span>
          </h3>
          <p className="max-w-[72ch] text-[13px] text-soft">{aboutMessage(message, run)}</p>
          {message.mediation && (
            <p className="mt-1 font-mono text-[13px] wrap-anywhere">mediation: {JSON.stringify(message.mediation)}</p>
          )}
        </div>
        <div className="flex flex-wrap items-center gap-2">
          {json && <DecodedToggle raw={raw} onChange={setRaw} />}
          {json && !raw && <CopyButton text={json} label="Copy message" />}
          <MessageCopy key={message.id} message={message} run={run} baseUrl={baseUrl} />
        </div>
      </header>
      {json && raw && (
        <div className="mt-4">
          <CodeBlock code={json} label="message" />
        </div>
      )}
      {json && !raw && (
        <div className="mt-4">
          <Late load={load} waiting={<div aria-busy="true" />}>
            {(sections) => (
              <div className="space-y-6">
                {sections.map((section, at) => (
                  <DecodedPart
                    key={`${message.id} ${section.title}`}
                    part={section}
                    alone={sections.length === 1}
                    hint={at === 0 ? 'Point at a field, and its bytes light up.' : undefined}
                  />
                ))}
              </div>
            )}
          </Late>
        </div>
      )}
    </article>
  )
}
