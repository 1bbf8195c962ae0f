import type { ReactNode } from 'react'

interface Props {
  title: string
  /** One or two sentences: what this page is for. */
  description: ReactNode
  /** Buttons; the page's one next action. */
  actions?: ReactNode
}

/** The top of a page of the Console. */
export function PageHead({ title, description, actions }: Props) {
  return (
    <div className="mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0 flex-1 basis-72">
        <h1 className="font-semibold text-[24px] leading-8 tracking-tight">{title}</h1>
        <p className="mt-1 max-w-[68ch] text-pretty text-soft">{description}</p>
      </div>
      {actions ? <div className="flex flex-wrap gap-2.5">{actions}</div> : null}
    </div>
  )
}
