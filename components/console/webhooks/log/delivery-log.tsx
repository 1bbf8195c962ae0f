'use client'

import { useId } from 'react'
import { ChipChoice } from '../../../ui/chip.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { useQuery } from '../../../ui/use-query.ts'
import { ChangeError } from '../../change-error.tsx'
import { countWords } from '../../count-words.ts'
import { ListLines, ListWithPane } from '../../list-with-pane.tsx'
import { LoadError } from '../../load-error.tsx'
import { LoadMore } from '../../load-more.tsx'
import { DeliveryLine } from './delivery-line.tsx'
import { DeliveryPane } from './delivery-pane.tsx'
import { useDeliveries } from './use-deliveries.ts'

/** Every delivery to an endpoint, newest first, live; the opened one beside it, or in its place where there is one column. */
export function DeliveryLog({ webhookId, enabled }: { webhookId: string; enabled: boolean }) {
  const [query, change] = useQuery()
  const filter = query.get('show') === 'undelivered' ? 'undelivered' : undefined
  const opened = query.get('delivery') ?? undefined
  const { log, undelivered, news, more, reading, error, reload } = useDeliveries(webhookId, filter)
  const id = useId()

  return (
    <section aria-labelledby={id} className="rounded-card border border-line bg-card shadow-lift">
      <ListWithPane
        opened={opened}
        thing="delivery"
        onClose={() => change({ delivery: '' })}
        list={
          <>
            <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-line border-b px-4 py-3 sm:px-5">
              <h2 id={id} className="font-semibold text-[16px] leading-6">
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
                  <ListLines label="Deliveries">
                    {log.items.map((delivery) => (
                      <DeliveryLine
                        key={delivery.id}
                        delivery={delivery}
                        enabled={enabled}
                        open={delivery.id === opened}
                        onOpen={() => change({ delivery: delivery.id === opened ? '' : delivery.id })}
                      />
                    ))}
                  </ListLines>
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
          </>
        }
        pane={
          opened ? (
            <DeliveryPane
              webhookId={webhookId}
              deliveryId={opened}
              enabled={enabled}
              line={log?.items.find((delivery) => delivery.id === opened)}
            />
          ) : null
        }
      />
    </section>
  )
}
