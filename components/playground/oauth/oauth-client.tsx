import type { TenantAnswer } from '#lib/contract/tenant.ts'
import { Badge } from '../../ui/badge.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Monogram } from '../setup/monogram.tsx'
import { shownName } from '../setup/tenant-mark.tsx'

/** Which app this page plays. */
export function OAuthClient({ tenant, clientId }: { tenant: TenantAnswer; clientId: string }) {
  const name = shownName(tenant)
  return (
    <div className="flex items-start gap-3">
      <Monogram
        name={name}
        color={tenant.branding?.color}
        logoUrl={tenant.branding?.logoUrl}
        size="size-10 rounded-[10px]"
      />
      <div className="min-w-0">
        <h3 className="flex flex-wrap items-center gap-x-2.5 gap-y-1 font-semibold">
          This page plays an app of {name}
          <Badge>public client</Badge>
        </h3>
        <p className="text-[13px] text-soft">
          It is there without being made, holds no secret, and never sees a passkey. Its name:{' '}
          <span className="inline-flex items-center gap-0.5">
            <code className="font-mono wrap-anywhere">{clientId}</code>
            <CopyButton small text={clientId} label="Copy client id" />
          </span>
        </p>
      </div>
    </div>
  )
}
