import type { Environment } from '#lib/contract/environment.ts'
import { linkButton } from '../../../ui/button.tsx'
import { PageHead } from '../../page-head.tsx'
import { Only } from '../../role.tsx'
import { WebhookList } from './webhook-list.tsx'

interface Props {
  environment: Environment
  /** A request's body as an endpoint would get it, for who has none yet. */
  example: string
}

/** The webhook endpoints of one environment, and the way to a new one. */
export function WebhooksPage({ environment, example }: Props) {
  return (
    <>
      <PageHead
        title="Webhooks"
        description="Your servers are told what happens here, as it happens: each event is a signed request to an endpoint of yours."
        actions={
          <Only least="developer" to="make endpoints">
            {/* Not a link of the router: leaving the page that shows a secret must always be a departure that can warn. */}
            <a href={`/console/webhooks/new?environment=${environment}`} className={linkButton}>
              Create endpoint
            </a>
          </Only>
        }
      />
      <div>
        <WebhookList key={environment} environment={environment} example={example} />
      </div>
    </>
  )
}
