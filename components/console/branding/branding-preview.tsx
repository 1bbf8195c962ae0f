import { inkOn } from '#lib/contract/brand-colors.ts'
import type { BrandingView } from '#lib/contract/console.ts'
import { Monogram } from '../../playground/setup/monogram.tsx'
import { TenantMark } from '../../playground/setup/tenant-mark.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Card } from '../card.tsx'

interface Props {
  tenant: { id: string; name: string }
  branding: BrandingView
}

/** What the fields would look like where people see them. */
export function BrandingPreview({ tenant, branding }: Props) {
  const name = branding.name ?? tenant.name
  const { color, logoUrl } = branding
  return (
    <div className="xl:sticky xl:top-6">
      <Card title="Preview" note="As it would be once saved.">
        <figure>
          <div
            style={color ? { borderTopColor: color } : undefined}
            className="flex items-center gap-3 rounded-xl border border-line bg-sunk p-3"
          >
            <TenantMark tenant={tenant} branding={branding} />
            <Badge tone="warn">test</Badge>
          </div>
          <figcaption className="mt-1.5 text-[13px] text-faint">The Playground’s tenant card</figcaption>
        </figure>
        <figure className="mt-5">
          <div className="overflow-hidden rounded-xl border border-line">
            <div
              style={color ? { background: color, color: inkOn(color) } : undefined}
              className="flex items-center gap-3 bg-sunk px-4 py-3"
            >
              <Monogram
                name={name}
                color={color && inkOn(color)}
                logoUrl={logoUrl}
                size="size-8 rounded-lg text-[14px]"
              />
              <span className="min-w-0 truncate font-semibold">{name}</span>
            </div>
            <div className="px-4 py-4">
              <p className="font-semibold wrap-anywhere">Sign in to {name}</p>
              <p className="text-[13px] text-soft">An app asks to act for you. First, who are you?</p>
            </div>
          </div>
          <figcaption className="mt-1.5 text-[13px] text-faint">The page where users sign in to an app</figcaption>
        </figure>
      </Card>
    </div>
  )
}
