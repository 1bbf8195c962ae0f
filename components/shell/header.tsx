import type { ReactNode } from 'react'
import { ThemeSwitch } from '../ui/theme-switch.tsx'
import { HeaderLink } from './header-link.tsx'

interface Props {
  /** Where something can be found, between the product's parts and what is at the right; a search field has a row of its own on a phone. */
  middle?: ReactNode
  /** Left of the theme. */
  switches?: ReactNode
  /** Right of it: who is signed in. */
  children?: ReactNode
}

/** The bar on top of every page. With somebody signed in, a phone has the product's parts in their menu. */
export function Header({ middle, switches, children }: Props) {
  const word = children ? 'max-md:sr-only' : ''
  return (
    <header className="flex h-14 has-[[data-search]]:max-md:h-auto has-[[data-search]]:max-md:flex-wrap has-[[data-search]]:max-md:py-2.5 shrink-0 items-center gap-2.5 border-line border-b bg-card px-4 lg:gap-5 lg:px-6">
      <a href="/playground" className="flex items-center gap-2.5 font-semibold tracking-tight">
        <svg aria-hidden="true" width="26" height="26" viewBox="0 0 26 26">
          <rect width="26" height="26" rx="7" className="fill-ink" />
          <circle cx="10" cy="10.5" r="4" fill="none" strokeWidth="2" className="stroke-card" />
          <path
            d="M12.8 13.3 19 19.5m-2.6-2.6 2-2"
            strokeWidth="2"
            strokeLinecap="round"
            fill="none"
            className="stroke-card"
          />
        </svg>
        <span className={word}>
          <span className={children ? 'max-xl:sr-only' : 'max-sm:sr-only'}>WebAuthn </span>Playground
        </span>
      </a>
      <nav aria-label="Product" className={`mr-auto flex gap-1 ${children ? 'max-sm:hidden' : ''}`}>
        <span className="contents max-sm:hidden">
          <HeaderLink href="/playground">Playground</HeaderLink>
        </span>
        <HeaderLink href="/console">Console</HeaderLink>
        <HeaderLink href="/docs">Docs</HeaderLink>
      </nav>
      <div className="flex min-w-0 flex-1 justify-end has-[[data-search]]:max-md:order-last has-[[data-search]]:max-md:basis-full lg:justify-center">
        {middle}
      </div>
      {switches}
      <ThemeSwitch />
      {children}
    </header>
  )
}
