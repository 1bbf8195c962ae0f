'use client'

import { createContext, useContext } from 'react'
import { Button, smallLink } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import type { Help } from './help.ts'
import { helping } from './helping.ts'
import { Helping, type Offer } from './helping-page.ts'

/** What a part of the page makes of a help itself; undefined where that is the page's. */
export const OwnHelping = createContext<(help: Help) => Offer | undefined>(() => undefined)

/** The buttons of a failure; nothing where there is nothing to press. */
export function FailureHelp({ help, className = '' }: { help: readonly Help[]; className?: string }) {
  const own = useContext(OwnHelping)
  const page = useContext(Helping)
  const offerOf = page && helping(page)
  const offers = help.flatMap((each) => own(each) ?? offerOf?.(each) ?? [])
  if (!offers.length) return null
  return (
    <div className={`flex flex-wrap gap-2 ${className}`}>
      {offers.map((offer) =>
        'url' in offer ? (
          <a key={offer.label} href={offer.url} className={`${smallLink} wrap-anywhere`}>
            {offer.label}
            <Icon name="outward" className="size-3" />
          </a>
        ) : (
          <Button key={offer.label} look="small" className="wrap-anywhere" onClick={offer.act}>
            {offer.label}
          </Button>
        ),
      )}
    </div>
  )
}
