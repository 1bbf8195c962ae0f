import type { AuditAction, AuditQuery } from '#lib/contract/audit.ts'
import type { Environment } from '#lib/contract/environment.ts'

/** Which events are looked at. Empty: all of them. The days are the reader's own, both included. */
export interface AuditView {
  action: AuditAction | ''
  environment: Environment | ''
  from: string
  to: string
  q: string
}

/** The view that an address asks for; what it says wrongly it does not say. */
export function viewOf(search: { get(name: string): string | null }, actions: readonly string[]): AuditView {
  const said = (name: string) => search.get(name) ?? ''
  const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))
  const day = (name: string) => (isDay(said(name)) ? said(name) : '')
  return {
    action: actions.includes(said('action')) ? (said('action') as AuditAction) : '',
    environment: ['test', 'live'].includes(said('environment')) ? (said('environment') as Environment) : '',
    from: day('from'),
    to: day('to'),
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
    ...(from ? { from: new Date(`${from}T00:00`).toISOString() } : {}),
    ...(to ? { to: dayAfter(to).toISOString() } : {}),
    ...(text ? { q: text } : {}),
  }
}

function dayAfter(day: string): Date {
  const date = new Date(`${day}T00:00`)
  date.setDate(date.getDate() + 1)
  return date
}
