import type { ReactNode } from 'react'

/** What is being waited for. */
export function Waiting({ children }: { children: ReactNode }) {
  return (
    <p className="flex items-center gap-3 rounded-xl bg-accent-wash px-4 py-3 font-medium text-[15px]">
      <span aria-hidden="true" className="relative flex size-2.5 shrink-0">
        <span className="absolute inset-0 animate-ping rounded-full bg-accent opacity-60 motion-reduce:hidden" />
        <span className="relative size-2.5 rounded-full bg-accent" />
      </span>
      <span className="min-w-0">{children}</span>
    </p>
  )
}
