import type { ReactNode } from 'react'

/** Fields of a long form that belong together. */
export function FormPart({ children }: { children: ReactNode }) {
  return <div className="space-y-5 rounded-card border border-line bg-card p-4 shadow-lift sm:p-5">{children}</div>
}
