import type { ReactNode } from 'react'

interface Props {
  term: string
  className?: string
  children: ReactNode
}

/** One of a list of facts: what it is called, and what it is. */
export function Fact({ term, className = '', children }: Props) {
  return (
    <div className={`min-w-0 ${className}`}>
      <dt className="text-[13px] text-faint">{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}
