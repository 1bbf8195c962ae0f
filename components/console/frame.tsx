import type { ReactNode } from 'react'
import type { ConsoleSession } from '#lib/contract/console.ts'
import { Monogram } from '../playground/setup/monogram.tsx'
import { FrameNav } from './frame-nav.tsx'
import { QuotaNotice } from './quota-notice.tsx'
import { SignOut } from './sign-out.tsx'

/** What every page of the Console stands in: whose Console it is, where one can go, who is signed in. */
export function Frame({ session, children }: { session: ConsoleSession; children: ReactNode }) {
  const { tenant, member } = session
  return (
    <div className="mx-auto grid w-full max-w-[1440px] flex-1 content-start gap-4 px-4 py-4 sm:py-6 lg:grid-cols-[208px_minmax(0,1fr)] lg:gap-9 lg:px-11">
      <aside aria-label="Tenant and member" className="flex flex-col gap-3 lg:sticky lg:top-6 lg:gap-5 lg:self-start">
        <div className="flex flex-wrap items-center gap-3">
          <Monogram name={tenant.name} />
          <div className="min-w-0 flex-1 leading-tight">
            <p className="truncate font-semibold" title={tenant.name}>
              {tenant.name}
            </p>
            <p className="truncate text-[13px] text-soft" title={member.name}>
              <span className="sr-only">Signed in as </span>
              {member.name}
            </p>
          </div>
          <div className="flex flex-wrap lg:-mt-2 lg:w-full lg:pl-13">
            <SignOut />
          </div>
        </div>
        <FrameNav />
      </aside>
      <main id="main" className="min-w-0">
        <QuotaNotice />
        {children}
      </main>
    </div>
  )
}
