'use client'

import { useId, useState } from 'react'
import type { HttpMessage } from './oauth-flow.ts'
import { OAuthMessage } from './oauth-message.tsx'
import { wordsOfMessage } from './oauth-words.ts'

/** The messages of one step, one of them open. Until somebody chooses, the one that the step is about. */
export function OAuthMessages({ messages }: { messages: readonly HttpMessage[] }) {
  const [chosen, choose] = useState<number>()
  const panel = useId()
  const open = chosen ?? mostTelling(messages)
  const message = messages[open]
  if (!message) return null
  return (
    <div>
      {messages.length > 1 ? (
        <ol aria-label="Messages of this step" className="mb-3 flex flex-wrap gap-1.5">
          {messages.map((each, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: messages are only ever added
            <li key={at}>
              <button
                type="button"
                aria-expanded={at === open}
                aria-controls={panel}
                onClick={() => choose(at)}
                className={`cursor-pointer rounded-full border px-2.5 py-1 text-[13px] transition-colors ${at === open ? 'border-accent bg-accent-wash text-accent' : 'border-line-strong text-soft hover:border-faint hover:text-ink'} ${refused(each) ? 'border-bad text-bad' : ''}`}
              >
                <span className="tabular-nums">{at + 1}</span> {wordsOfMessage(each).label}
              </button>
            </li>
          ))}
        </ol>
      ) : null}
      <div id={panel}>
        <OAuthMessage key={open} message={message} />
      </div>
    </div>
  )
}

function refused({ answer }: HttpMessage): boolean {
  return answer !== undefined && answer.status >= 400
}

/** The last that is not there only to check something. */
function mostTelling(messages: readonly HttpMessage[]): number {
  const failed = messages.findIndex(refused)
  if (failed >= 0) return failed
  const last = messages.findLastIndex(({ kind }) => kind !== 'keys' && kind !== 'metadata')
  return Math.max(0, last)
}
