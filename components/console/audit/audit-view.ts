import type { AuditAction, AuditQuery } from '#lib/contract/audit.ts'
import type { Environment } from '#lib/contract/environment.ts'
import { type Days, daysOf, momentsOf } from '../days/days.ts'

/** Which events are looked at. Empty: all of them. */
export interface AuditView extends Days {
  action: AuditAction | ''
  environment: Environment | ''
  q: string
}

/** The view that an address asks for; what it says wrongly it does not say. */
export function viewOf(search: { get(name: string): string | null }, actions: readonly string[]): AuditView {
  const said = (name: string) => search.get(name) ?? ''
  return {
    action: actions.includes(said('action')) ? (said('action') as AuditAction) : '',
    environment: ['test', 'live'].includes(said('environment')) ? (said('environment') as Environment) : '',
    ...daysOf(search),
    q: said('q').slice(0, 64),
  }
}

/** What to ask of the server; a type and not an interface, so that it can be a link's query too. */
export type AuditFilter = Pick<AuditQuery, 'action' | 'environment' | 'from' | 'to' | 'q'>

/** A view as the server takes it: from the beginning of the first day to the end of the last. */
export function filterOf({ action, environment, from, to, q }: AuditView): AuditFilter {
  const text = q.trim()
  return {
    ...(action ? { action } : {}),
    ...(environment ? { environment } : {}),
    ...momentsOf({ from, to }),
    ...(text ? { q: text } : {}),
  }
}
