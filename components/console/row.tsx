import type { ReactNode } from 'react'

/** Things of one kind, between hairlines. */
export function Rows({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul aria-label={label} className="divide-y divide-line border-line border-t [&>li:last-child]:pb-0">
      {children}
    </ul>
  )
}

interface RowProps {
  title: ReactNode
  badges?: ReactNode
  /** Facts, in a line that wraps. */
  facts: readonly ReactNode[]
  action?: ReactNode
}

/** One of them: what it is called, its facts, what can be done with it. */
export function Row({ title, badges, facts, action }: RowProps) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
      <div className="min-w-0 flex-1 basis-40">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="min-w-0 font-medium wrap-anywhere">{title}</span>
          {badges}
        </div>
        <p className="text-[13px] text-soft">
          {facts.filter(Boolean).map((fact, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the facts of a row keep their places
            <span key={at} className="wrap-anywhere">
              {at ? <span className="text-faint"> · </span> : null}
              {fact}
            </span>
          ))}
        </p>
      </div>
      {action}
    </li>
  )
}
