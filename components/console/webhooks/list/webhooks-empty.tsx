import type { Environment } from '#lib/contract/environment.ts'
import { CodeBlock } from '../../../ui/code-block.tsx'
import { Teaching } from '../../teaching.tsx'

const facts = [
  {
    title: 'What comes',
    text: 'A POST of JSON within a second of what it tells: what happened, when, and to what, by ids and names. Never a secret.',
  },
  {
    title: 'That it is true',
    text: 'Each request is signed by Standard Webhooks. With the endpoint’s secret your server knows that it came from here, and when.',
  },
  {
    title: 'That it arrives',
    text: 'Answer any 2xx within 15 seconds. Otherwise it is tried again for a day, and every try stands in the endpoint’s log.',
  },
] as const

/** An environment without an endpoint: what a webhook is, with the request that one would get. */
export function WebhooksEmpty({ environment, example }: { environment: Environment; example: string }) {
  return (
    <div className="space-y-4">
      <Teaching
        docs="/docs/webhooks"
        region="No endpoint yet"
        title={`No ${environment} endpoint yet`}
        facts={facts}
        begin={{
          href: `/console/webhooks/new?environment=${environment}`,
          label: 'Make the first endpoint',
          least: 'developer',
        }}
      >
        {environment === 'test'
          ? 'An endpoint is a URL of yours that is told of events. Begin with one for the test environment.'
          : 'Make a live endpoint when your test endpoint works. You will confirm it with your passkey.'}
      </Teaching>
      <section
        aria-labelledby="example-request"
        className="rounded-card border border-line bg-card p-4 shadow-lift sm:p-5"
      >
        <h2 id="example-request" className="mb-3 font-semibold text-[15px]">
          The request that it would get
        </h2>
        <CodeBlock code={example} label="example request" />
      </section>
    </div>
  )
}
