'use client'

import { useId } from 'react'
import { ChipChoice } from '../../../ui/chip.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { useQuery } from '../../../ui/use-query.ts'
import { ChangeError } from '../../change-error.tsx'
import { countWords } from '../../count-words.ts'
import { LoadError } from '../../load-error.tsx'
import { LoadMore } from '../../load-more.tsx'
import { DeliveryList } from './delivery-list.tsx'
import { DeliveryPane } from './delivery-pane.tsx'
import { useDeliveries } from './use-deliveries.ts'

/** Every delivery to an endpoint, newest first, live; the opened one beside it, or in its place where there is one column. */
export function DeliveryLog({ webhookId, enabled }: { webhookId: string; enabled: boolean }) {
  const [query, change] = useQuery()
  const filter = query.get('show') === 'undelivered' ? 'undelivered' : undefined
  const opened = query.get('delivery') ?? undefined
  const { log, undelivered, news, more, reading, error, reload } = useDeliveries(webhookId, filter)
  const id = useId()

  function close() {
    change({ delivery: '' })
    setTimeout(() => document.querySelector<HTMLElement>(`[data-delivery="${opened}"]`)?.focus())
  }

  return (
    <section
      aria-labelledby={`${id}-title`}
      className={`grid rounded-card border border-line bg-card shadow-lift ${opened ? 'lg:grid-cols-[minmax(0,1.7fr)_minmax(0,1fr)]' : ''}`}
    >
      <div className={`@container min-w-0 ${opened ? 'max-lg:hidden' : ''}`}>
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-line border-b px-4 py-3 sm:px-5">
          <h2 id={`${id}-title`} className="font-semibold text-[16px] leading-6">
            Deliveries
          </h2>
          <ChipChoice
            label="Show"
            name="show"
            choices={[
              { value: '', label: 'All' },
              { value: 'undelivered', label: `Not delivered ${countWords(undelivered)}` },
            ]}
            selected={filter ?? ''}
            onSelect={(show) => change({ show })}
          />
        </div>
        <p role="status" className="sr-only">
          {news}
        </p>
        {log ? (
          <>
            <ChangeError error={error} className="p-4 sm:p-5" />
            {log.items.length ? (
              <DeliveryList
                deliveries={log.items}
                enabled={enabled}
                opened={opened}
                controls={`${id}-pane`}
                onOpen={(delivery) => change({ delivery: delivery === opened ? '' : delivery })}
              />
            ) : (
              <p className="px-5 py-10 text-center text-[14px] text-soft">
                {filter
                  ? 'All that is kept here has arrived.'
                  : 'Nothing was told yet. The first event stands here as it happens; “Send a test event” makes one now.'}
              </p>
            )}
          </>
        ) : (
          <div className="p-4 sm:p-5">
            {error ? (
              <LoadError error={error} onRetry={reload} />
            ) : (
              <Skeleton label="Reading the log" rows={5} height="h-9" />
            )}
          </div>
        )}
        <LoadMore more={more} reading={reading} className="border-line border-t p-3" />
      </div>
      {opened ? (
        <section id={`${id}-pane`} aria-label="Delivery" className="min-w-0 border-line lg:border-l">
          <DeliveryPane
            key={opened}
            webhookId={webhookId}
            deliveryId={opened}
            enabled={enabled}
            line={log?.items.find((delivery) => delivery.id === opened)}
            onClose={close}
          />
        </section>
      ) : null}
    </section>
  )
}
