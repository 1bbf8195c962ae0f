import type { ReactNode } from 'react'
import type { Role } from '#lib/contract/roles.ts'
import { linkButton, secondaryLink } from '../ui/button.tsx'
import { DocsLink } from './docs-link.tsx'
import { Only } from './role.tsx'

interface Props {
  /** The region's name: “No key yet”. */
  region: string
  title: string
  /** What to begin with. */
  children: ReactNode
  facts: readonly { title: string; text: string }[]
  /** Where that is done. Not a link of the router: leaving a page that shows a secret must always be a departure that can warn. */
  begin?: { href: string; label: string; least?: Role } | undefined
  /** It is all that its page has. */
  whole?: boolean
  /** The page of the documentation that says more. */
  docs?: `/docs/${string}`
}

/** A list without anything in it yet: what its things are, before the first is made. */
export function Teaching({ region, title, children, facts, begin, docs, whole = false }: Props) {
  return (
    <section
      aria-label={region}
      className="rounded-card border border-line bg-card px-5 py-9 text-center shadow-lift sm:px-8"
    >
      <h2
        className={`text-balance font-semibold tracking-tight ${whole ? 'text-[26px] leading-8' : 'text-[22px] leading-7'}`}
      >
        {title}
      </h2>
      <p className="mx-auto mt-2 max-w-[54ch] text-balance text-soft">{children}</p>
      {begin ? (
        <Only least={begin.least ?? 'viewer'} to="make one" className="mt-5">
          <a href={begin.href} className={`${whole ? linkButton : secondaryLink} mt-5`}>
            {begin.label}
          </a>
        </Only>
      ) : null}
      <dl className="mt-7 grid gap-3 text-left md:grid-cols-3">
        {facts.map((fact) => (
          <div key={fact.title} className="rounded-xl border border-line p-4">
            <dt className="font-semibold">{fact.title}</dt>
            <dd className="mt-1 text-pretty text-[14px] text-soft">{fact.text}</dd>
          </div>
        ))}
      </dl>
      {docs ? <DocsLink href={docs} className="mt-5" /> : null}
    </section>
  )
}
