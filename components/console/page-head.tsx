import type { ReactNode } from 'react'
import { DocsLink } from './docs-link.tsx'

interface Props {
  title: string
  /** One or two sentences: what this page is for. */
  description: ReactNode
  /** Buttons; the page's one next action. */
  actions?: ReactNode
  /** Where the documentation says more. */
  docs?: `/docs/${string}`
}

/** The top of a page of the Console. */
export function PageHead({ title, description, actions, docs }: Props) {
  return (
    <div className="mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0 flex-1 basis-72">
        <h1 className="font-semibold text-[24px] leading-8 tracking-tight">{title}</h1>
        <p className="mt-1 max-w-[68ch] text-pretty text-soft">{description}</p>
        {docs ? <DocsLink href={docs} className="mt-1" /> : null}
      </div>
      {actions ? <div className="flex flex-wrap gap-2.5">{actions}</div> : null}
    </div>
  )
}
