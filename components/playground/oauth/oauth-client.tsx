import type { TenantAnswer } from '#lib/contract/tenant.ts'
import { Badge } from '../../ui/badge.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Monogram } from '../setup/monogram.tsx'
import { shownName } from '../setup/tenant-mark.tsx'

/** Which app this page plays. */
export function OAuthClient({ tenant, clientId }: { tenant: TenantAnswer; clientId: string }) {
  const name = shownName(tenant)
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Monogram
        name={name}
        color={tenant.branding?.color}
        logoUrl={tenant.branding?.logoUrl}
        size="size-9 rounded-lg"
      />
      <div className="min-w-0 flex-1 basis-64">
        <h3 className="font-semibold">
          This page plays an app of {name} <Badge>public client</Badge>
        </h3>
        <p className="flex items-center gap-1 text-[13px] text-soft">
          <code className="font-mono wrap-anywhere">{clientId}</code>
          <CopyButton small text={clientId} label="Copy client id" />
        </p>
      </div>
      <p className="max-w-[56ch] text-[13px] text-soft">
        It is there without being made, holds no secret, and knows nobody’s password or passkey.
      </p>
    </div>
  )
}
