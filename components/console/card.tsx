import { type ReactNode, useId } from 'react'

interface Props {
  title: string
  /** What it is about, in a sentence. */
  note?: ReactNode
  actions?: ReactNode
  children: ReactNode
}

/** One subject on a page of the Console: a region with its name on top. */
export function Card({ title, note, actions, children }: Props) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="rounded-card border border-line bg-card p-4 shadow-lift sm:p-5">
      <div className="not-last:mb-4 flex flex-wrap items-start justify-between gap-x-4 gap-y-2.5">
        <div className={`min-w-0 flex-1 ${note ? 'basis-64' : 'basis-auto'}`}>
          <h2 id={id} className="font-semibold text-[17px] leading-6">
            {title}
          </h2>
          {note ? <p className="mt-0.5 max-w-[72ch] text-pretty text-[14px] text-soft">{note}</p> : null}
        </div>
        {actions}
      </div>
      {children}
    </section>
  )
}
