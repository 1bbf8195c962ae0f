import type { BrandingView } from '#lib/contract/console.ts'
import type { InteractionView, PageBranding } from '#lib/contract/oauth.ts'
import { Interaction } from '../../interaction/interaction.tsx'
import { TenantMark } from '../../playground/setup/tenant-mark.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Card } from '../card.tsx'

interface Props {
  tenant: { id: string; name: string }
  branding: BrandingView
}

/** The pages themselves, with what is in the fields: where people see them, they can be looked at and not used. */
export function BrandingPreview({ tenant, branding }: Props) {
  const name = branding.name ?? tenant.name
  const { color, logoUrl } = branding
  return (
    <div className="xl:sticky xl:top-6">
      <Card title="Preview" note="As it would be once saved.">
        <figure>
          <div
            inert
            aria-hidden="true"
            style={color ? { borderTopColor: color } : undefined}
            className="flex items-center gap-3 rounded-xl border border-line bg-sunk p-3"
          >
            <TenantMark tenant={tenant} branding={branding} />
            <Badge tone="warn">test</Badge>
          </div>
          <figcaption className="mt-1.5 text-[13px] text-faint">The Playground’s tenant card</figcaption>
        </figure>
        <figure className="mt-5">
          <div inert aria-hidden="true" className="overflow-hidden rounded-xl border border-line">
            <Interaction interaction={sampleOf({ name, color, logoUrl })} preview />
          </div>
          <figcaption className="mt-1.5 text-[13px] text-faint">The page where users sign in to an app</figcaption>
        </figure>
      </Card>
    </div>
  )
}

/** A sign-in that nobody began. */
function sampleOf(tenant: PageBranding): InteractionView {
  return {
    uid: 'preview',
    prompt: 'login',
    client: { name: 'Your app', logoUrl: null, since: null },
    tenant,
    environment: 'live',
    returnsTo: { place: 'app.example.com', readable: null, whose: 'tenant' },
    signUp: true,
    loginHint: null,
    user: null,
    scopes: [],
  }
}
