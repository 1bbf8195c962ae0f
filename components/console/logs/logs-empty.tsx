import Link from 'next/link'
import type { Environment } from '#lib/contract/environment.ts'
import { linkButton, smallLink } from '../../ui/button.tsx'
import { Card } from '../card.tsx'
import { FirstCall } from '../first-call.tsx'

/** What to do where nothing was asked in the last days. */
export function LogsEmpty({ baseUrl, environment, days }: { baseUrl: string; environment: Environment; days: number }) {
  return (
    <Card
      title={`No ${environment} request in the last ${days === 1 ? 'day' : `${days} days`}`}
      note="Every request with one of your keys or clients stands here a second after it was answered: who asked, about whom, how long it took, and where it was refused, why."
    >
      <FirstCall baseUrl={baseUrl} />
      <div className="mt-4 flex flex-wrap items-center gap-2.5">
        <a href="/playground" className={linkButton}>
          Make one in the Playground
        </a>
        <Link href="/console/keys" prefetch={false} className={`${smallLink} py-2.5!`}>
          Go to the keys
        </Link>
      </div>
    </Card>
  )
}
