import type { ReactNode } from 'react'
import type { ConsoleSession, QuotaView } from '#lib/contract/console.ts'
import { Monogram } from '../playground/setup/monogram.tsx'
import { FrameNav } from './frame-nav.tsx'
import { QuotaNotice } from './quota-notice.tsx'
import { SignOut } from './sign-out.tsx'

interface Props {
  session: ConsoleSession
  /** As it was when the page was made. */
  quota: QuotaView
  children: ReactNode
}

/** What every page of the Console stands in: whose Console it is, where one can go, who is signed in. */
export function Frame({ session, quota, children }: Props) {
  const { tenant, member, branding } = session
  const shown = branding?.name ?? tenant.name
  return (
    <div className="mx-auto grid w-full max-w-[1440px] flex-1 grid-cols-1 content-start gap-4 px-4 py-4 sm:py-6 lg:grid-cols-[208px_minmax(0,1fr)] lg:gap-9 lg:px-11">
      <aside aria-label="Tenant and member" className="flex flex-col gap-3 lg:sticky lg:top-6 lg:gap-5 lg:self-start">
        <div className="flex flex-wrap items-center gap-3 lg:items-start">
          <Monogram name={shown} color={branding?.color} logoUrl={branding?.logoUrl} />
          <div className="min-w-0 flex-1 leading-tight">
            <p className={`font-semibold ${line}`} title={shown}>
              {shown}
            </p>
            {shown === tenant.name ? null : (
              <p className={`text-[13px] text-soft ${line}`} title={tenant.name}>
                {tenant.name}
              </p>
            )}
            <p className={`text-[13px] text-soft ${line}`} title={member.name}>
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
        <QuotaNotice first={quota} />
        {children}
      </main>
    </div>
  )
}

/** Beside the page a long name has a second line; above it, on a phone, it has not. */
const line = 'max-lg:truncate lg:line-clamp-2 lg:wrap-anywhere'
