import type { CSSProperties, ReactNode } from 'react'
import { fillOf, inkOn } from '#lib/contract/brand-colors.ts'
import type { PageBranding } from '#lib/contract/oauth.ts'
import { Monogram } from '../playground/setup/monogram.tsx'
import { Badge } from '../ui/badge.tsx'

interface Props {
  /** Whose page it is; null where nobody knows. */
  tenant: PageBranding | null
  environment?: 'test' | 'live'
  /** Below the card: what people should know about where they are. */
  foot: ReactNode
  wide?: boolean
  /** Shown within another page, as a picture of this one. */
  preview?: boolean | undefined
  children: ReactNode
}

/** A page for an app's users: one card, with the tenant on top of it. */
export function Frame({ tenant, environment, foot, wide = false, preview = false, children }: Props) {
  const page = preview
    ? { className: 'flex flex-col items-center bg-paper p-4' }
    : { id: 'main', className: 'flex flex-1 flex-col items-center px-4 py-4 sm:justify-center sm:pt-10 sm:pb-[12vh]' }
  const Page = preview ? 'div' : 'main'
  return (
    <Page {...page}>
      <div
        style={tenant?.color ? buttonsOf(tenant.color) : undefined}
        className={`w-full ${tenant?.color ? 'branded' : ''} overflow-hidden rounded-card border border-line bg-card shadow-lift ${wide ? 'max-w-[640px]' : 'max-w-[440px]'}`}
      >
        {tenant ? <Band tenant={tenant} test={environment === 'test'} /> : null}
        <div className="p-5 sm:p-7">{children}</div>
      </div>
      <p className="mt-4 max-w-[440px] text-balance px-2 text-center text-[13px] text-faint">{foot}</p>
    </Page>
  )
}

/** A tenant's colour for the buttons, by light and dark. */
function buttonsOf(color: string): CSSProperties {
  const [light, dark] = [fillOf(color, 'light'), fillOf(color, 'dark')]
  const colors = {
    '--fill-light': light.fill,
    '--fill-ink-light': light.ink,
    '--fill-dark': dark.fill,
    '--fill-ink-dark': dark.ink,
  }
  return colors as CSSProperties
}

function Band({ tenant: { name, color, logoUrl }, test }: { tenant: PageBranding; test: boolean }) {
  const ink = color && inkOn(color)
  return (
    <div
      style={color && ink ? { background: color, color: ink } : undefined}
      className="flex items-center gap-3 border-line border-b bg-sunk px-5 py-3.5 sm:px-7"
    >
      <Monogram name={name} color={ink} logoUrl={logoUrl} size="size-9 rounded-[10px] text-[16px]" />
      <span className="min-w-0 flex-1 truncate font-semibold text-[16px]" title={name}>
        {name}
      </span>
      {test ? <Badge tone="warn">test</Badge> : null}
    </div>
  )
}
