'use client'

import { type ReactNode, useState } from 'react'
import type { ConsoleWebhook } from '#lib/contract/console.ts'
import { Button } from '../../../ui/button.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { Time } from '../../../ui/time.tsx'
import { Confirm } from '../../confirm.tsx'
import { countWords } from '../../count-words.ts'
import { useMay } from '../../role.tsx'
import { HourBars } from '../hour-bars.tsx'
import { durationWords } from '../log/delivery-words.ts'
import { shareOf } from '../share-words.ts'

interface Props {
  webhook: ConsoleWebhook
  /** There is a new secret: the only time that it is told. */
  onRotated: (secret: string) => void
  onChanged: () => Promise<void>
}

/** How an endpoint does, and what its requests are signed with. */
export function WebhookFacts({ webhook, onRotated, onChanged }: Props) {
  const { figures, secretHint, previousSecretUntil, publicKey } = webhook
  const { waiting, waitingSince, medianMilliseconds, hours } = figures
  const { percent, delivered, deliveries } = shareOf(figures)
  const [rotating, set] = useState(false)
  const may = useMay('developer')
  return (
    <section aria-label="Facts" className="rounded-card border border-line bg-card shadow-lift">
      <dl className="grid gap-px overflow-hidden rounded-card bg-line grid-cols-2 xl:grid-cols-4">
        <Figure term="Delivered, 24 hours" aside={<HourBars hours={hours} />} value={percent} wide>
          {deliveries ? `${delivered.toLocaleString('en')} of ${deliveries.toLocaleString('en')}` : 'nothing was told'}
        </Figure>
        <Figure term="Waiting for another try" value={countWords(waiting)} warn={waiting > 0}>
          {waitingSince ? (
            <>
              the oldest was told <Time iso={waitingSince} />
            </>
          ) : (
            'nothing waits'
          )}
        </Figure>
        <Figure term="Half answer within" value={medianMilliseconds === null ? '–' : durationWords(medianMilliseconds)}>
          the limit is 15 s
        </Figure>
        <div className="min-w-0 bg-card px-4 py-3.5 max-sm:col-span-2 sm:px-5">
          <dt className="text-[13px] text-soft">Signing secret</dt>
          <dd>
            <code className="block font-medium font-mono text-[15px] leading-7">{secretHint}</code>
            <span className="flex min-w-0 items-center gap-1 text-[13px] text-soft">
              <span className="shrink-0">Ed25519</span>
              <code title={publicKey} className="min-w-0 truncate font-mono">
                {publicKey}
              </code>
              <CopyButton small text={publicKey} label="Copy Ed25519 public key" />
            </span>
            <span className="flex flex-wrap items-center gap-x-3 text-[13px]">
              {may ? (
                <Button look="quiet" onClick={() => set(true)}>
                  Rotate
                </Button>
              ) : null}
              <a href="#verify" className="font-medium text-accent underline-offset-4 hover:underline">
                Verify in code
              </a>
            </span>
            {previousSecretUntil ? (
              <span className="block text-[13px] text-warn">
                The one before signs, too; it ends <Time iso={previousSecretUntil} />.
              </span>
            ) : null}
          </dd>
        </div>
      </dl>
      <Confirm
        open={rotating}
        onClose={() => set(false)}
        fresh={webhook.environment === 'live'}
        title="Rotate the signing secret?"
        action="Rotate"
        onConfirm={async (api) => {
          const { secret } = await api.webhooks.rotateSecret(webhook.id)
          onRotated(secret)
          await onChanged()
        }}
      >
        <p>
          A new secret is made, and shown once. For 24 hours each request is signed with both, so that your servers can
          be given the new one without a gap; after that the old one, {secretHint}, signs no more.
        </p>
        {previousSecretUntil ? (
          <p className="text-bad">
            The secret was rotated within the last day: the one before that ends at once, not in its time.
          </p>
        ) : null}
      </Confirm>
    </section>
  )
}

interface FigureProps {
  term: string
  value: string
  warn?: boolean
  aside?: ReactNode
  /** Alone in its row on a phone. */
  wide?: boolean
  children: ReactNode
}

function Figure({ term, value, warn = false, aside, wide = false, children }: FigureProps) {
  return (
    <div className={`min-w-0 bg-card px-4 py-3.5 sm:px-5 ${wide ? 'max-sm:col-span-2' : ''}`}>
      <dt className="text-[13px] text-soft">{term}</dt>
      <dd className="flex items-end justify-between gap-3">
        <span className="min-w-0">
          <span className={`block font-semibold text-[24px] leading-9 tabular-nums ${warn ? 'text-warn' : ''}`}>
            {value}
          </span>
          <span className="block text-[13px] text-soft tabular-nums">{children}</span>
        </span>
        {aside}
      </dd>
    </div>
  )
}
