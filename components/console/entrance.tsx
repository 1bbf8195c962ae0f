import type { ReactNode } from 'react'

/** The page of somebody who is not in the Console yet: one card in the middle. */
export function Entrance({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main id="main" className="grid flex-1 grid-cols-1 place-items-center px-4 py-6 sm:py-12">
      <div className="w-full max-w-[600px] rounded-card border border-line bg-card p-5 shadow-lift sm:p-8">
        <h1 className="text-balance font-semibold text-[24px] leading-tight tracking-tight sm:text-[28px]">{title}</h1>
        {children}
      </div>
    </main>
  )
}
