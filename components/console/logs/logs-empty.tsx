import Link from 'next/link'
import type { Environment } from '#lib/contract/environment.ts'
import { Button, linkButton, smallLink } from '../../ui/button.tsx'
import { Card } from '../card.tsx'
import { DocsLink } from '../docs-link.tsx'
import { FirstCall } from '../first-call.tsx'

interface Props {
  baseUrl: string
  environment: Environment
  /** In which time: “Last 24 hours”. */
  range: string
  /** Looks further back; undefined where there is nothing further. */
  onAll: (() => void) | undefined
}

/** What to do where nothing was asked. A live key belongs on a server, and not in the Playground. */
export function LogsEmpty({ baseUrl, environment, range, onAll }: Props) {
  const keys = (
    <Link
      href={`/console/keys${environment === 'live' ? '?environment=live' : ''}`}
      prefetch={false}
      className={environment === 'live' ? linkButton : `${smallLink} py-2.5!`}
    >
      Go to the keys
    </Link>
  )
  return (
    <Card
      title={`No ${environment} request in the ${range.toLowerCase()}`}
      note="Every request with one of your keys or clients stands here a second after it was answered: who asked, about whom, how long it took, and where it was refused, why."
    >
      <FirstCall baseUrl={baseUrl} />
      <div className="mt-4 flex flex-wrap items-center gap-2.5">
        {environment === 'live' ? null : (
          <a href="/playground" className={linkButton}>
            Make one in the Playground
          </a>
        )}
        {keys}
        {onAll ? (
          <Button look="small" className="py-2.5!" onClick={onAll}>
            Show the last 7 days
          </Button>
        ) : null}
        <DocsLink href="/docs/usage" className="px-1" />
      </div>
    </Card>
  )
}
