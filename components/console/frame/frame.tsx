import type { ReactNode } from 'react'
import type { ConsoleSession, QuotaView } from '#lib/contract/console.ts'
import { Header } from '../../shell/header.tsx'
import { Find } from '../find/find.tsx'
import { QuotaNotice } from '../quota-notice.tsx'
import { EnvironmentSwitch } from './environment-switch.tsx'
import { FrameNav } from './frame-nav.tsx'
import { LiveEdge } from './live-edge.tsx'
import { MemberMenu } from './member-menu.tsx'

interface Props {
  session: ConsoleSession
  /** As it was when the page was made. */
  quota: QuotaView
  children: ReactNode
}

/** What every page of the Console stands in: whose Console it is, where one can go, who is signed in. */
export function Frame({ session, quota, children }: Props) {
  return (
    <>
      <LiveEdge />
      <Header middle={<Find tenantId={session.tenant.id} />} switches={<EnvironmentSwitch />}>
        <MemberMenu session={session} />
      </Header>
      <div className="mx-auto grid w-full max-w-[1440px] flex-1 grid-cols-1 content-start gap-4 px-4 py-4 sm:py-6 lg:grid-cols-[212px_minmax(0,1fr)] lg:gap-8 lg:px-11">
        <aside
          aria-label="Tenant and pages"
          className="lg:sticky lg:top-6 lg:max-h-[calc(100dvh-48px)] lg:self-start lg:overflow-y-auto lg:p-px"
        >
          <FrameNav session={session} />
        </aside>
        <main id="main" className="min-w-0">
          <QuotaNotice first={quota} />
          {children}
        </main>
      </div>
    </>
  )
}
