'use client'

import { useEffect, useState } from 'react'
import type { ConsoleWebhook } from '#lib/contract/console.ts'
import { type WebhookEventType, webhookEventTypeNames, webhookEventTypes } from '#lib/contract/webhook-event-types.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Select } from '../../../ui/select.tsx'
import { useQuery } from '../../../ui/use-query.ts'
import { busyWords } from '../../busy-words.ts'
import { ChangeError } from '../../change-error.tsx'
import { PasskeyNote } from '../../passkey-note.tsx'
import { useChange } from '../../use-change.ts'
import { TestOutcome } from './test-outcome.tsx'

interface Props {
  webhook: ConsoleWebhook
  open: boolean
  onClose: () => void
}

/** Sends an example of an event to the endpoint alone, and shows at once what became of it. */
export function TestDialog({ webhook, open, onClose }: Props) {
  const { id, events, environment } = webhook
  const [type, choose] = useState<WebhookEventType>()
  const [sent, set] = useState<string>()
  const change = useChange()
  const [, changeQuery] = useQuery()
  const chosen = type ?? events[0] ?? webhookEventTypeNames[0]

  useEffect(() => {
    if (open) set(undefined)
  }, [open])

  function close() {
    if (change.confirming) return change.cancel()
    if (change.busy) return
    change.clear()
    onClose()
  }

  async function send() {
    set(undefined)
    const delivery = await change.run(
      (api) => api.webhooks.test(id, { type: chosen }),
      environment === 'live' && 'fresh',
    )
    set(delivery?.id)
  }

  return (
    <Dialog
      open={open}
      onClose={close}
      title="Send a test event"
      actions={
        <>
          <Button look="secondary" onClick={close}>
            Close
          </Button>
          <Button onClick={send}>{busyWords(change, sent ? 'Send another' : 'Send', 'Sending')}</Button>
        </>
      }
    >
      <div className="space-y-4">
        <Select
          id="test-type"
          label="Event"
          choices={webhookEventTypeNames.map((name) => ({ value: name, label: name }))}
          value={chosen}
          onChoose={(value) => choose(value as WebhookEventType)}
        />
        <p className="text-pretty text-[14px] text-soft">
          {webhookEventTypes[chosen]} An example of it is signed and sent to this endpoint alone
          {events.includes(chosen) ? '.' : ', though it is not told of these otherwise.'} Its{' '}
          <code className="font-mono">webhook-id</code> begins with <code className="font-mono">msg_test_</code>, so
          that your server can tell it from one that happened.
        </p>
        <PasskeyNote environment={environment} what="endpoint" />
        <ChangeError error={change.error} />
        {sent ? (
          <TestOutcome
            key={sent}
            webhookId={id}
            deliveryId={sent}
            onOpen={() => {
              onClose()
              changeQuery({ delivery: sent, show: '' })
            }}
          />
        ) : null}
      </div>
    </Dialog>
  )
}
