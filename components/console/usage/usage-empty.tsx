import Link from 'next/link'
import type { Environment } from '#lib/contract/environment.ts'
import { linkButton, smallLink } from '../../ui/button.tsx'
import { Card } from '../card.tsx'
import { DocsLink } from '../docs-link.tsx'
import { FirstCall } from '../first-call.tsx'

/** What to do where nothing was asked yet. */
export function UsageEmpty({ baseUrl, environment }: { baseUrl: string; environment: Environment }) {
  return (
    <Card
      title={`No ${environment} requests in this range`}
      note={`Make one with ${environment === 'live' ? 'a live' : 'a test'} key, and it is counted here at once: by operation, by outcome and by key.`}
    >
      <FirstCall baseUrl={baseUrl} />
      <div className="mt-4 flex flex-wrap items-center gap-2.5">
        <Link href={`/console/keys?environment=${environment}`} prefetch={false} className={linkButton}>
          Go to the keys
        </Link>
        <a href="/playground" className={`${smallLink} py-2.5!`}>
          Try one in the Playground
        </a>
        <DocsLink href="/docs/usage" className="px-1" />
      </div>
    </Card>
  )
}
