import type { ReactNode } from 'react'
import type { InteractionView, ReturnsTo } from '#lib/contract/oauth.ts'
import { Monogram } from '../playground/setup/monogram.tsx'
import { Time } from '../ui/time.tsx'
import { Place } from './place.tsx'

/** Who asks, since when they are here, where the answer goes, and who is asked. */
export function ConsentHead({ interaction, action }: { interaction: InteractionView; action: ReactNode }) {
  const { client, tenant, user, returnsTo } = interaction
  return (
    <>
      <div className="flex items-start gap-3.5">
        <Monogram name={client.name} logoUrl={client.logoUrl} size="size-12 rounded-[12px] text-[20px]" />
        <div className="min-w-0 flex-1">
          <h1 className="text-balance font-semibold text-[22px] leading-tight tracking-tight wrap-anywhere">
            {client.name} asks for access
          </h1>
          <p className="mt-1 text-pretty text-[13px] text-soft leading-5 wrap-anywhere">
            {client.since ? (
              <>
                Made by {tenant.name}, added <Time iso={client.since} />.
              </>
            ) : (
              'Part of this server.'
            )}{' '}
            {returnsTo ? (
              <>
                Your answer goes to <Place of={returnsTo} />. {whoseWords(returnsTo, tenant.name)}
              </>
            ) : (
              `It wants to use your account at ${tenant.name}, on the device whose code you entered.`
            )}
          </p>
        </div>
      </div>
      {user ? (
        <div className="mt-4 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-xl border border-line px-3 py-2">
          <p className="flex min-w-0 flex-1 basis-40 items-center gap-2.5 text-[14px]">
            <span
              aria-hidden="true"
              className="grid size-[26px] shrink-0 place-items-center rounded-full bg-sunk font-semibold text-[12px] text-soft"
            >
              {user.username.charAt(0)}
            </span>
            <span className="min-w-0">
              <span className="text-soft">Signed in as </span>
              <span className="font-semibold wrap-anywhere" title={user.username}>
                {user.username}
              </span>
            </span>
          </p>
          {action}
        </div>
      ) : null}
    </>
  )
}

/** Whether that place is the tenant's, as far as is known. */
function whoseWords({ whose }: ReturnsTo, tenant: string): string {
  switch (whose) {
    case 'tenant':
      return `${tenant} names it as a site of its own.`
    case 'server':
      return 'That is this server.'
    case 'device':
      return 'That is a program on this device.'
    case 'other':
      return `Not verified: it is no site that ${tenant} names as its own.`
  }
}
