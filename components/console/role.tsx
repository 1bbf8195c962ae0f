'use client'

import { createContext, type ReactNode, use } from 'react'
import { mayAs, type Role, whoMay } from '#lib/contract/roles.ts'

// A page that does not say it shows what everybody may.
const Given = createContext<Role>('viewer')

/** Tells what is inside which role the member has. The server decides by it; pages only say so beforehand. */
export function RoleIs({ role, children }: { role: Role; children: ReactNode }) {
  return <Given value={role}>{children}</Given>
}

/** Whether the member's role is enough where another is the least that may. */
export function useMay(least: Role): boolean {
  return mayAs(use(Given), least)
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
