import type { ReactNode } from 'react'
import type { CeremonyKind } from '#lib/webauthn/options.ts'
import { Icon } from '../../../ui/icon.tsx'
import type { Mistaken } from '../option-mistake.ts'

const buttons: Readonly<Record<CeremonyKind, string>> = { registration: 'Register', authentication: 'Authenticate' }

/** How many mistakes keep a ceremony from beginning, and what unset is. On a phone the buttons that begin one stand here. */
export function SheetFoot({ mistakes, children }: { mistakes: readonly Mistaken[]; children?: ReactNode }) {
  const leads = [...new Set(mistakes.map(({ ceremony }) => buttons[ceremony]))]
  return (
    <footer className="border-line border-t px-5 py-2.5 text-[13px] max-lg:px-4 max-lg:pb-3.5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6">
        <p role="status" className="flex items-center gap-2">
          {mistakes.length ? (
            <>
              <Icon name="cross" className="size-3.5 text-bad" />
              <span>
                <b className="font-semibold text-bad">
                  {mistakes.length === 1 ? '1 mistake' : `${mistakes.length} mistakes`}
                </b>{' '}
                {leads.join(' or ')} leads there.
              </span>
            </>
          ) : null}
        </p>
        <p className="text-soft max-lg:hidden">
          Unset is left out of the request: it is not <code className="font-mono text-[12.5px]">false</code>
        </p>
      </div>
      {children}
    </footer>
  )
}
