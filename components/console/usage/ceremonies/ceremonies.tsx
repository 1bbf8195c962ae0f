'use client'

import Link from 'next/link'
import type { ConsoleCeremonies } from '#lib/contract/ceremony-figures.ts'
import type { Environment } from '#lib/contract/environment.ts'
import { linkButton } from '../../../ui/button.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { DocsLink } from '../../docs-link.tsx'
import { CeremonyAnswers } from './ceremony-answers.tsx'
import { CeremonyChart } from './ceremony-chart.tsx'
import { CeremonyFunnel } from './ceremony-funnel.tsx'
import { CeremonyProviders } from './ceremony-providers.tsx'
import { CeremonyTiles } from './ceremony-tiles.tsx'

interface Props {
  ceremonies: ConsoleCeremonies
  environment: Environment
}

/** What a tenant asks of its registrations and sign-ins. */
export function Ceremonies({ ceremonies, environment }: Props) {
  const { signIns, registrations } = ceremonies
  const any = [signIns, registrations].some(({ totals }) => totals.begun + totals.finished > 0)
  if (!any) return <NoCeremonies environment={environment} ever={ceremonies.since !== null} />
  return (
    <>
      <CeremonyTiles ceremonies={ceremonies} />
      {signIns.totals.finished + registrations.totals.finished ? <CeremonyChart ceremonies={ceremonies} /> : null}
      <div className="grid gap-4 xl:grid-cols-2 [&>section]:min-w-0">
        <CeremonyFunnel of="signIns" ceremonies={ceremonies} environment={environment} />
        <CeremonyFunnel of="registrations" ceremonies={ceremonies} environment={environment} />
        <CeremonyProviders ceremonies={ceremonies} />
        <CeremonyAnswers times={ceremonies.answerTimes} />
      </div>
    </>
  )
}

function NoCeremonies({ environment, ever }: { environment: Environment; ever: boolean }) {
  return (
    <Empty
      title={`No ${environment} registration or sign-in ${ever ? 'in this range' : 'yet'}`}
      action={
        <div className="flex flex-wrap items-center justify-center gap-3">
          {environment === 'test' ? (
            <Link href="/playground" prefetch={false} className={linkButton}>
              Register a passkey in the Playground
            </Link>
          ) : (
            <Link href="/console/keys?environment=live" prefetch={false} className={linkButton}>
              Go to the live keys
            </Link>
          )}
          <DocsLink href="/docs/usage" />
        </div>
      }
    >
      Each one that a key begins is counted here at once: how many were accepted, why others were not, how long answers
      took, and which authenticators people use.
    </Empty>
  )
}
