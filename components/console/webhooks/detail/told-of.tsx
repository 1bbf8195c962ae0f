'use client'

import { useId, useState } from 'react'
import type { ConsoleWebhook } from '#lib/contract/console.ts'
import type { WebhookEventType } from '#lib/contract/webhook-event-types.ts'
import { Button } from '../../../ui/button.tsx'
import { useMay } from '../../role.tsx'
import { EventChips } from '../events/event-chips.tsx'
import { EventPicker } from '../events/event-picker.tsx'
import { ChangeDialog } from './change-dialog.tsx'

interface Props {
  webhook: ConsoleWebhook
  onChanged: () => Promise<void>
}

/** What an endpoint is told of, and Change for who may. */
export function ToldOf({ webhook, onChanged }: Props) {
  const [open, set] = useState(false)
  const [chosen, choose] = useState<readonly WebhookEventType[]>([])
  const id = useId()
  const may = useMay('developer')

  return (
    <section aria-labelledby={id} className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5">
      <h2 id={id} className="text-[14px] text-soft">
        Told of
      </h2>
      <EventChips events={webhook.events} />
      {may ? (
        <Button
          look="quiet"
          aria-label="Change events"
          onClick={() => {
            choose(webhook.events)
            set(true)
          }}
        >
          Change
        </Button>
      ) : null}
      <ChangeDialog
        webhook={webhook}
        open={open}
        onClose={() => set(false)}
        onChanged={onChanged}
        title="What the endpoint is told of"
        action="Save events"
        wide
        fields={['events']}
        mistakes={chosen.length ? {} : { events: 'Choose at least one event.' }}
        update={{ events: [...chosen] }}
      >
        {(wrong) => <EventPicker chosen={chosen} error={wrong('events', 'The list')} onChoose={choose} />}
      </ChangeDialog>
    </section>
  )
}
