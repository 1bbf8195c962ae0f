'use client'

import { Button } from '../../../ui/button.tsx'
import { ChangeError } from '../../change-error.tsx'
import { consoleClient } from '../../console-client.ts'
import { useData } from '../../use-data.ts'
import { howItEnded, whatToDo } from '../failure-words.ts'
import { durationWords } from '../log/delivery-words.ts'

interface Props {
  webhookId: string
  deliveryId: string
  /** Shows it in the log. */
  onOpen: () => void
}

/** What became of a test event, as soon as its first try has ended. */
export function TestOutcome({ webhookId, deliveryId, onOpen }: Props) {
  const read = () => consoleClient.webhooks.delivery(webhookId, deliveryId)
  const { data, error } = useData(read, [deliveryId], { every: 500 })
  const attempt = data?.tries.at(-1)
  const todo = attempt && whatToDo(attempt)
  const look = attempt ? (attempt.failure ? 'bg-bad-wash' : 'bg-ok-wash') : 'bg-sunk'
  return (
    <>
      <div role="status" className={`rounded-xl px-3.5 py-3 text-[14px] ${look}`}>
        {attempt ? (
          <>
            <p className={`font-semibold ${attempt.failure ? 'text-bad' : 'text-ok'}`}>
              {attempt.failure ? 'Not delivered' : 'Delivered'}: {howItEnded(attempt)}
            </p>
            <p className="mt-0.5 text-soft">
              After {durationWords(attempt.milliseconds)}.{' '}
              {attempt.failure && data?.nextAttemptAt ? 'It will be tried again, as any event.' : null}
            </p>
            {todo ? (
              <p className="mt-1.5">
                <span className="font-semibold">What to do: </span>
                {todo}
              </p>
            ) : null}
          </>
        ) : (
          <p>Waiting for your endpoint. It has 15 seconds to answer.</p>
        )}
      </div>
      <ChangeError error={error} />
      {data ? (
        <Button look="small" onClick={onOpen}>
          Open it in the log
        </Button>
      ) : null}
    </>
  )
}
