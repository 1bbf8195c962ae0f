'use client'

import { useState } from 'react'
import type { DeliveryDetail, DeliveryView } from '#lib/contract/webhooks.ts'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { busyWords } from '../../busy-words.ts'
import { ChangeError } from '../../change-error.tsx'
import { consoleClient } from '../../console-client.ts'
import { LoadError } from '../../load-error.tsx'
import { useMay } from '../../role.tsx'
import { useChange } from '../../use-change.ts'
import { useData } from '../../use-data.ts'
import { whatToDo } from '../failure-words.ts'
import { DeliveryTries } from './delivery-tries.tsx'
import { aboutOf } from './delivery-words.ts'
import { SentBlock } from './sent-block.tsx'

interface Props {
  webhookId: string
  deliveryId: string
  /** Whether the endpoint is on. */
  enabled: boolean
  /** As the log has it: where that changes, the delivery is read again. */
  line: DeliveryView | undefined
}

/** One delivery, opened: every try and what to do, what was sent, what was answered, and Resend. */
export function DeliveryPane({ webhookId, deliveryId, enabled, line }: Props) {
  const version = line && `${enabled} ${line.status} ${line.attempts} ${line.nextAttemptAt}`
  const read = () => consoleClient.webhooks.delivery(webhookId, deliveryId)
  const { data, error, reload } = useData(read, [deliveryId, version], { every: 5_000 })
  if (data)
    return (
      <>
        <ChangeError error={error} className="mb-3" />
        <Opened delivery={data} enabled={enabled} onChanged={reload} />
      </>
    )
  return error ? <LoadError error={error} onRetry={reload} /> : <Skeleton label="Reading the delivery" rows={3} />
}

interface OpenedProps {
  delivery: DeliveryDetail
  enabled: boolean
  onChanged: () => Promise<void>
}

function Opened({ delivery, enabled, onChanged }: OpenedProps) {
  const { id, webhookId, type, eventId, payload, tries } = delivery
  const about = aboutOf(delivery)
  const [chosen, choose] = useState<number>()
  const may = useMay('developer')
  const change = useChange()
  const shown = tries.find(({ number }) => number === chosen) ?? tries.at(-1)
  const todo = shown && whatToDo(shown)

  async function resend() {
    if (!(await change.run((api) => api.webhooks.resend(webhookId, id)))) return
    choose(undefined)
    await onChanged()
  }

  return (
    <>
      <div className="flex items-start justify-between gap-3 lg:pr-12">
        <h3 className="min-w-0 font-medium font-mono text-[15px] leading-7 wrap-anywhere">{type}</h3>
        {may ? (
          <Button look="small" onClick={resend}>
            <Icon name="again" className="size-3.5" />
            {busyWords(change, 'Resend', 'Resending')}
          </Button>
        ) : null}
      </div>
      <p className="font-mono text-[12.5px] text-soft wrap-anywhere">{[eventId, about].filter(Boolean).join(' · ')}</p>
      <ChangeError error={change.error} className="mt-3" />
      <h4 className="mt-4 mb-1 font-semibold text-[13px] text-soft">Tries</h4>
      <DeliveryTries delivery={delivery} enabled={enabled} shown={shown} onShow={choose} />
      {todo ? (
        <p className="mt-1 text-pretty rounded-xl bg-warn-wash px-3.5 py-2.5 text-[13px]">
          <span className="font-semibold">What to do: </span>
          {todo}
        </p>
      ) : null}
      {shown ? (
        <SentBlock
          title={tries.length > 1 ? `Sent with try ${shown.number}` : 'Sent'}
          text={Object.entries(shown.requestHeaders)
            .map(([name, value]) => `${name}: ${value}`)
            .join('\n')}
          copies="request headers"
        />
      ) : null}
      <SentBlock
        title="Body"
        text={JSON.stringify(payload)}
        shown={JSON.stringify(payload, null, 2)}
        copies="request body"
      />
      {shown && shown.status !== null ? (
        <SentBlock
          title={shown.answerTruncated ? 'Answered, the first 4 kB' : 'Answered'}
          text={shown.answer}
          shown={shown.answer || 'Nothing: the answer had no body.'}
          copies="answer"
        />
      ) : null}
    </>
  )
}
