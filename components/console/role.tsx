'use client'

import { createContext, type ReactNode, use, useLayoutEffect } from 'react'
import type { ConsoleSession } from '#lib/contract/console.ts'
import { mayAs, ownersScope, type Role, whoMay } from '#lib/contract/roles.ts'
import { consoleClient } from './console-client.ts'

type Given = Pick<ConsoleSession, 'member' | 'tenant'>

const Session = createContext<Given | undefined>(undefined)

/** Tells what is inside who is signed in, and where. The server decides what they may do; pages only say so beforehand. */
export function SessionIs({ session, children }: { session: Given; children: ReactNode }) {
  const tenantId = session.tenant.id
  // Before what is inside asks for anything.
  useLayoutEffect(() => {
    consoleClient.shows(tenantId)
    return () => consoleClient.shows(undefined)
  }, [tenantId])
  return <Session value={session}>{children}</Session>
}

/** The tenant that the page shows. */
export function useTenantId(): string {
  return use(Session)?.tenant.id ?? ''
}

/** The highest tier that the tenant's keys may have. */
export function useTierCeiling() {
  return use(Session)?.tenant.tierCeiling ?? 'standard'
}

/** Why a scope cannot be given by the member; undefined where it can. */
export function useWhyNotGiven(): (scope: string) => string | undefined {
  const owner = useMay('owner')
  return (scope) => (owner || scope !== ownersScope ? undefined : 'It moves money: an owner can give it.')
}

/** The member's role. */
export function useRole(): Role {
  return use(Session)?.member.role ?? 'viewer'
}

/** Whether it is enough where another is the least that may. */
export function useMay(least: Role): boolean {
  return mayAs(useRole(), least)
}

interface Props {
  least: Role
  /** What it is that the others cannot, in words that go on from “An owner can”: “invite members”. */
  to: string
  className?: string
  children: ReactNode
}

/** What only some may do; the others read who can. */
export function Only({ least, to, className = '', children }: Props) {
  return useMay(least) ? (
    children
  ) : (
    <p className={`text-[13px] text-soft ${className}`}>
      {whoMay(least)} can {to}.
    </p>
  )
}

/** What only some may change: the others see it as it is, and with `to` read who can. */
export function Fixed({ least, to, children }: Omit<Props, 'to' | 'className'> & { to?: string }) {
  if (useMay(least)) return children
  return (
    <>
      {to ? (
        <p className="mb-3 text-[13px] text-soft">
          {whoMay(least)} can {to}.
        </p>
      ) : null}
      <fieldset
        disabled
        className="min-w-0 space-y-4 [&_:is(button,input,select,textarea)]:cursor-not-allowed [&_:is(button,input,select,textarea)]:opacity-60"
      >
        {children}
      </fieldset>
    </>
  )
}
