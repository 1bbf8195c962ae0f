'use client'

import { useId, useState } from 'react'
import type { Message, Run } from '../run.ts'
import { CeremonyTime } from './ceremony-time.tsx'
import { CeremonyTimeline } from './ceremony-timeline.tsx'
import { DecodedMessage } from './decoded-message.tsx'

/** A ceremony as it passed: who said what to whom, how long it took, and every message decoded or raw. */
export function CeremonyView({ run, baseUrl }: { run: Run; baseUrl: string }) {
  const [chosen, choose] = useState<Message['id']>()
  const panel = useId()
  const message = run.messages.find(({ id }) => id === chosen) ?? mostTelling(run)

  return (
    <div className="@container">
      <CeremonyTimeline run={run} selected={message?.id} panel={panel} onSelect={choose} />
      {run.status !== 'working' && <CeremonyTime run={run} />}
      <div id={panel} className="mt-6">
        {message && <DecodedMessage message={message} run={run} baseUrl={baseUrl} />}
      </div>
    </div>
  )
}

/** What a person would open first: the credential, or where it stopped. */
function mostTelling({ messages, failure }: Run): Message | undefined {
  const credential = messages.find(({ id }) => id === 'credential')
  return failure ? messages.at(-1) : (credential ?? messages.at(-1))
}
