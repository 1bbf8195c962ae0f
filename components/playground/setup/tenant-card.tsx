import { adminScopes, type Scope, scopes } from '#lib/contract/scopes.ts'
import type { TenantAnswer } from '#lib/contract/tenant.ts'
import { Badge } from '../../ui/badge.tsx'
import { canHandOn } from '../hand-off/can-hand-on.ts'
import { HandOffButton } from '../hand-off/hand-off-button.tsx'
import type { Handing } from '../hand-off/hand-off-dialog.tsx'
import { TenantMark } from './tenant-mark.tsx'
import { TenantWarnings } from './tenant-warnings.tsx'

interface TenantCardProps {
  answer: TenantAnswer
  /** What of the page goes with the key to a phone in the room. */
  handing: Omit<Handing, 'tenantName'>
}

/** Whom the key speaks for, and what it may do. */
export function TenantCard({ answer, handing }: TenantCardProps) {
  const { tenant, environment, key, relyingParty, limits, branding } = answer
  const granted = key?.scopes ?? []
  const admin = granted.filter((scope) => (adminScopes as readonly string[]).includes(scope))
  return (
    <section
      aria-label="Tenant"
      style={branding?.color ? { borderTopColor: branding.color } : undefined}
      className="space-y-3 rounded-xl border border-line bg-sunk p-3 transition duration-200 starting:-translate-y-1 starting:opacity-0"
    >
      <div className="flex items-center gap-3">
        <TenantMark tenant={tenant} branding={branding} />
        <Badge tone={environment === 'live' ? 'bad' : 'warn'}>{environment}</Badge>
      </div>
      <TenantWarnings answer={answer} admin={admin} />
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3.5 gap-y-1 border-line border-t pt-2.5 text-[13px]">
        <dt className="text-faint">Relying party</dt>
        <dd className="truncate font-mono" title={`${relyingParty.name}: ${relyingParty.origins.join(', ')}`}>
          {relyingParty.id}
        </dd>
        <dt className="text-faint">Limits</dt>
        <dd className="tabular-nums">
          {limits.requestsPerMinute.toLocaleString('en')} a minute, {limits.concurrent.toLocaleString('en')} at once
        </dd>
        <dt className="text-faint">Scopes</dt>
        <dd>
          {granted.length} granted{' '}
          <span className={admin.length ? 'text-bad' : 'text-soft'}>
            · {admin.length ? `${admin.length} for administration` : 'no admin rights'}
          </span>
        </dd>
        <dd className="col-span-2">
          <ul aria-label="Scopes" className="flex flex-wrap gap-x-2.5 font-mono text-[12px] text-soft leading-5">
            {granted.map((scope) => (
              <li key={scope} title={scopes[scope as Scope]} className={admin.includes(scope) ? 'text-bad' : ''}>
                {scope}
              </li>
            ))}
          </ul>
        </dd>
      </dl>
      {canHandOn(answer, handing.apiKey) ? <HandOffButton {...handing} tenantName={tenant.name} /> : null}
    </section>
  )
}
