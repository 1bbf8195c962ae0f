import type { ReactNode } from 'react'

/** One thing that is told of a fault: its name, and what there is to say. */
export function Question({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-4 gap-y-1 border-line border-t py-3 @md:grid-cols-[136px_minmax(0,1fr)]">
      <dt className="font-semibold text-[13px] text-soft">{title}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  )
}

/** What a fault changes: before and instead, and where. */
export function Change({ was, is, where }: { was: string; is: string; where: string }) {
  return (
    <>
      <div className="overflow-hidden rounded-lg border border-line font-mono text-[12.5px] leading-6 wrap-anywhere">
        <p className="bg-sunk px-3 text-soft">
          <Sign mark="−" said="Before" /> {was}
        </p>
        <p className="bg-accent-wash px-3 font-medium text-accent">
          <Sign mark="+" said="Instead" /> {is}
        </p>
      </div>
      <p className="mt-1.5 text-[13px] text-soft">{where}</p>
    </>
  )
}

function Sign({ mark, said }: { mark: string; said: string }) {
  return (
    <>
      <span aria-hidden="true">{mark}</span>
      <span className="sr-only">{said}:</span>
    </>
  )
}
