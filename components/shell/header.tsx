import { ThemeSwitch } from '../ui/theme-switch.tsx'
import { HeaderLink } from './header-link.tsx'

/** The bar on top of every page. */
export function Header() {
  return (
    <header className="flex h-14 shrink-0 items-center gap-3 border-line border-b bg-card px-4 lg:gap-7 lg:px-6">
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
        <span>
          <span className="max-sm:sr-only">WebAuthn </span>Playground
        </span>
      </a>
      <nav aria-label="Product" className="flex gap-1">
        <span className="contents max-sm:hidden">
          <HeaderLink href="/playground">Playground</HeaderLink>
        </span>
        <HeaderLink href="/console">Console</HeaderLink>
      </nav>
      <div className="ml-auto">
        <ThemeSwitch />
      </div>
    </header>
  )
}
