import Link from 'next/link'
import type { ConsoleWebhook } from '#lib/contract/console.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Time } from '../../../ui/time.tsx'
import { countWords } from '../../count-words.ts'
import { Fact } from '../../fact.tsx'
import { TypeBadge } from '../../keys/key-badges.tsx'
import { EventChips } from '../events/event-chips.tsx'
import { HourBars } from '../hour-bars.tsx'
import { webhookPath } from '../paths.ts'
import { shareOf } from '../share-words.ts'
import { stateOf } from '../webhook-state.ts'

const inks = { ok: '', plain: 'text-soft', warn: 'text-warn', bad: 'text-bad' } as const

/** One endpoint in the list: where it is, what it is told of, and how it does. */
export function WebhookCard({ webhook }: { webhook: ConsoleWebhook }) {
  const { id, url, description, events, environment, figures } = webhook
  const { waiting, waitingSince, hours } = figures
  const { tone, label, title } = stateOf(webhook)
  const { percent, delivered, deliveries } = shareOf(figures)
  return (
    <li className="@container rounded-card border border-line bg-card p-4 shadow-lift sm:px-5">
      <div className="grid gap-x-8 gap-y-3 @4xl:grid-cols-[minmax(0,1fr)_25rem]">
        <div className="min-w-0">
          <h2 className="flex flex-wrap items-center gap-x-2.5 gap-y-1 font-semibold text-[16px] leading-6">
            <Link
              href={webhookPath(id)}
              prefetch={false}
              className="font-mono text-[15px] wrap-anywhere underline-offset-4 hover:underline"
            >
              {url}
            </Link>
            <TypeBadge type={environment} />
            <Badge tone={tone}>{label}</Badge>
          </h2>
          {description ? <p className="mt-0.5 text-[14px] text-soft wrap-anywhere">{description}</p> : null}
          {title ? <p className={`mt-1 text-[13px] ${inks[tone]}`}>{title}.</p> : null}
          <div className="mt-2.5">
            <EventChips events={events} />
          </div>
        </div>
        <dl className="grid grid-cols-2 gap-x-4 gap-y-2 border-line text-[13px] @max-4xl:border-t @max-4xl:pt-3 @lg:grid-cols-[minmax(0,1.4fr)_minmax(0,1fr)]">
          <Fact term="Delivered, 24 hours">
            <span className="flex flex-wrap items-end justify-between gap-x-3 gap-y-1">
              <span>
                <b className="block font-semibold text-[17px] tabular-nums">{percent}</b>
                <span className="text-soft tabular-nums">
                  {deliveries
                    ? `${delivered.toLocaleString('en')} of ${deliveries.toLocaleString('en')}`
                    : 'nothing was told'}
                </span>
              </span>
              <HourBars hours={hours} />
            </span>
          </Fact>
          <Fact term="Waiting for another try">
            <b className={`block font-semibold text-[17px] tabular-nums ${waiting ? 'text-warn' : ''}`}>
              {countWords(waiting)}
            </b>
            {waitingSince ? (
              <span className="text-soft">
                the oldest <Time iso={waitingSince} />
              </span>
            ) : null}
          </Fact>
        </dl>
      </div>
    </li>
  )
}
