import type { TenantAnswer } from '#lib/contract/tenant.ts'
import { Monogram } from './monogram.tsx'

interface Props {
  tenant: Pick<TenantAnswer['tenant'], 'id' | 'name'>
  branding: TenantAnswer['branding']
}

/** The name that a tenant goes by. */
export function shownName({ tenant, branding }: Pick<TenantAnswer, 'tenant' | 'branding'>): string {
  return branding?.name ?? tenant.name
}

/** Who a tenant is: its mark, the name that it goes by, and what the server knows it by. */
export function TenantMark({ tenant, branding }: Props) {
  const shown = branding?.name ?? tenant.name
  return (
    <>
      <Monogram name={shown} color={branding?.color} logoUrl={branding?.logoUrl} />
      <div className="min-w-0 flex-1 leading-tight">
        <p className="line-clamp-2 font-semibold" title={shown}>
          {shown}
        </p>
        {shown === tenant.name ? null : <p className="truncate text-[13px] text-soft">{tenant.name}</p>}
        <p className="truncate font-mono text-[13px] text-soft">{tenant.id}</p>
      </div>
    </>
  )
}
