import type { ReactNode, Ref } from 'react'

interface Props {
  id: string
  title: string
  note: ReactNode
  action?: ReactNode
  /** Its heading, which can be given the focus. */
  heading?: Ref<HTMLHeadingElement>
  children: ReactNode
}

/** A part of the account's page. */
export function Section({ id, title, note, action, heading, children }: Props) {
  return (
    <section aria-labelledby={id} className="mt-7">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <h2 id={id} ref={heading} tabIndex={-1} className="scroll-mt-4 font-semibold text-[16px] outline-none">
            {title}
          </h2>
          <p className="mt-0.5 text-pretty text-[13px] text-soft wrap-anywhere">{note}</p>
        </div>
        {action}
      </div>
      <div className="mt-3">{children}</div>
    </section>
  )
}
