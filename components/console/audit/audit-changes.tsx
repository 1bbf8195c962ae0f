'use client'

import { type ReactNode, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import type { AuditChange } from './audit-difference.ts'
import { AuditValue } from './audit-value.tsx'

interface Props {
  /** Those that changed first. */
  changes: readonly AuditChange[]
  /** There was nothing before. */
  made: boolean
  /** There is nothing after. */
  ended: boolean
}

/** Field by field, before and after; what changed is highlighted, and what stayed shows on demand. */
export function AuditChanges({ changes, made, ended }: Props) {
  const [all, set] = useState(false)
  const stayed = changes.filter(({ changed }) => !changed).length
  const shown = all ? changes : changes.filter(({ changed }) => changed)
  const two = !made && !ended
  return (
    <div>
      {shown.length ? (
        <table className="block w-full text-left text-[13px] sm:table">
          <caption className="sr-only">{two ? 'What changed' : made ? 'What was made' : 'What there was'}</caption>
          <thead className="sr-only sm:not-sr-only sm:table-header-group">
            <tr className="text-faint">
              <th scope="col" className="py-1 pr-4 pl-2 font-normal sm:w-40">
                Field
              </th>
              {made ? null : <Column>Before</Column>}
              {ended ? null : <Column>After</Column>}
            </tr>
          </thead>
          <tbody className="block sm:table-row-group">
            {shown.map(({ name, before, after, changed }) => (
              <tr
                key={name}
                className={`block border-line border-b sm:table-row ${changed && two ? 'bg-accent-wash' : ''}`}
              >
                <th scope="row" className="block px-2 py-1.5 align-top font-mono font-normal text-accent sm:table-cell">
                  {name}
                </th>
                {made ? null : (
                  <Value of="Before">
                    <AuditValue value={before} other={two ? after : undefined} side="before" />
                  </Value>
                )}
                {ended ? null : (
                  <Value of="After">
                    <AuditValue value={after} other={two ? before : undefined} side="after" />
                  </Value>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <p className="text-[14px] text-soft">Nothing is other than it was.</p>
      )}
      {stayed ? (
        <Button look="quiet" aria-expanded={all} className="mt-1.5" onClick={() => set(!all)}>
          {all ? 'Hide what stayed' : `Show ${stayed} that stayed`}
        </Button>
      ) : null}
    </div>
  )
}

function Column({ children }: { children: string }) {
  return (
    <th scope="col" className="py-1 pr-4 font-normal">
      {children}
    </th>
  )
}

/** On a phone each value says itself which one it is. */
function Value({ of, children }: { of: string; children: ReactNode }) {
  return (
    <td className="flex gap-2.5 px-2 pb-1.5 align-top wrap-anywhere sm:table-cell sm:py-1.5 sm:pr-4 sm:pl-0">
      <span aria-hidden="true" className="w-12 shrink-0 text-faint sm:hidden">
        {of}
      </span>
      <span className="min-w-0">{children}</span>
    </td>
  )
}
