import type { AuditAction, AuditKind, AuditQuery } from '#lib/contract/audit.ts'
import type { Environment } from '#lib/contract/environment.ts'
import { type Days, daysOf, momentsOf } from '../days/days.ts'

/** Which events are looked at. Empty: all of them. */
export interface AuditView extends Days {
  action: AuditAction | ''
  kind: AuditKind | ''
  /** Username or id of whom the events are about. */
  user: string
  environment: Environment | ''
  q: string
}

/** What events are told apart by, beside their action. */
export const kinds: Readonly<Record<AuditKind, string>> = {
  changes: 'Changes',
  'sign-ins': 'Sign-ins',
  consents: 'Consents',
}

/**
 * The view that an address asks for; what it says wrongly it does not say. Its `environment` is the whole Console’s: what the
 * events are of, `of` says.
 */
export function viewOf(search: { get(name: string): string | null }, actions: readonly string[]): AuditView {
  const said = (name: string) => search.get(name) ?? ''
  return {
    action: actions.includes(said('action')) ? (said('action') as AuditAction) : '',
    kind: Object.hasOwn(kinds, said('kind')) ? (said('kind') as AuditKind) : '',
    user: said('user').slice(0, 128),
    environment: ['test', 'live'].includes(said('of')) ? (said('of') as Environment) : '',
    ...daysOf(search),
    q: said('q').slice(0, 64),
  }
}

/** The view’s address with nothing asked. */
export const everything = { action: '', kind: '', user: '', of: '', from: '', to: '', q: '' }

/** What to ask of the server; a type and not an interface, so that it can be a link's query too. */
export type AuditFilter = Pick<AuditQuery, 'action' | 'kind' | 'user' | 'environment' | 'from' | 'to' | 'q'>

/** A view as the server takes it: from the beginning of the first day to the end of the last. */
export function filterOf({ action, kind, user, environment, from, to, q }: AuditView): AuditFilter {
  const text = q.trim()
  return {
    ...(action ? { action } : {}),
    ...(kind ? { kind } : {}),
    ...(user.trim() ? { user: user.trim() } : {}),
    ...(environment ? { environment } : {}),
    ...momentsOf({ from, to }),
    ...(text ? { q: text } : {}),
  }
}
