import Link from 'next/link'
import type { WebhookCreated } from '#lib/contract/webhooks.ts'
import { Notice } from '../../../ui/notice.tsx'
import { webhookPath } from '../paths.ts'

/** The endpoint was made by an earlier press, and the answer that held its secret was lost on the way. */
export function SecretLost({ created: { id, url } }: { created: WebhookCreated }) {
  return (
    <Notice tone="bad" title="The endpoint was made, but its secret was lost on the way">
      The first answer never arrived, and a secret is told only once. Open{' '}
      <Link href={webhookPath(id)} prefetch={false} className="text-ink underline underline-offset-2 wrap-anywhere">
        {url}
      </Link>{' '}
      and rotate its secret to get a new one.
    </Notice>
  )
}
