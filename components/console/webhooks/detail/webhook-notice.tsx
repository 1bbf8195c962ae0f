import type { ConsoleWebhook } from '#lib/contract/console.ts'
import { Notice } from '../../../ui/notice.tsx'
import { Time } from '../../../ui/time.tsx'
import { stateOf } from '../webhook-state.ts'

/** Why nothing arrives at an endpoint or nothing is sent to it, and what to do; nothing where all is well. */
export function WebhookNotice({ webhook }: { webhook: ConsoleWebhook }) {
  const { tone, title, todo } = stateOf(webhook)
  const since = webhook.disabledAt ?? webhook.failingSince
  return (
    <div role="status">
      {title ? (
        <Notice tone={tone === 'ok' ? 'plain' : tone} title={`${title}.`}>
          {since ? (
            <>
              Since <Time iso={since} />.{' '}
            </>
          ) : null}
          {todo}
        </Notice>
      ) : null}
    </div>
  )
}
