'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import type { Role } from '#lib/contract/roles.ts'
import { whoMay } from '#lib/contract/roles.ts'
import { smallLink } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { BackLink } from './back-link.tsx'
import { useMay } from './role.tsx'

interface Props {
  least: Role
  title: string
  /** In words that go on from “An owner can”. */
  to: string
  back: { href: string; name: string }
  children: ReactNode
}

/** A page that is there to change something: who may not is told who can, and led back. */
export function OnlyPage({ least, title, to, back, children }: Props) {
  if (useMay(least)) return children
  return (
    <>
      <BackLink href={back.href}>{back.name}</BackLink>
      <h1 className="mt-2 mb-4 font-semibold text-[24px] leading-8 tracking-tight">{title}</h1>
      <Empty
        title="Your role does not allow this"
        action={
          <Link href="/console/members" prefetch={false} className={smallLink}>
            Open Members
          </Link>
        }
      >
        {whoMay(least)} can {to}. Members names them.
      </Empty>
    </>
  )
}
