import { type ErrorCode, errors } from '#lib/contract/errors.ts'
import type { LogEntry } from '#lib/contract/logs.ts'

/** What a request came to, as a heading. */
export function titleOf({ status, code }: Pick<LogEntry, 'status' | 'code'>): string {
  if (code !== null && Object.hasOwn(errors, code)) return errors[code as ErrorCode].title
  if (code !== null) return code
  return status >= 300 ? 'Answered' : 'Answered well'
}

/** Whether a code has an entry of its own in the documentation. */
export function isDocumented(code: string): boolean {
  return Object.hasOwn(errors, code)
}

export interface Todo {
  label: string
  href: string
}

/** Where what is in the way of a refused request is put right; undefined where the caller does that. */
export function todoOf({ code, reason, actual, key, client }: LogEntry, live: boolean): Todo | undefined {
  const environment = live ? '?environment=live' : ''
  const ofKey = key ? `/console/keys/${encodeURIComponent(key.id)}${environment}` : undefined
  const ofClient = client?.name ? `/console/oauth-clients/${encodeURIComponent(client.id)}${environment}` : undefined
  if (code === 'verification_failed' && reason === 'origin' && actual)
    return { label: 'Allow this origin…', href: `/console/relying-party?allow=${encodeURIComponent(actual)}` }
  if (code === 'insufficient_funds') return { label: 'Add funds', href: `/console/account${environment}` }
  if (code === 'ip_not_allowed' && ofKey) return { label: 'Open the key’s allowlist', href: ofKey }
  if (code === 'user_unknown') return { label: 'Register in the Playground', href: '/playground' }
  const asker = ofKey ?? ofClient
  if (asker && (code === 'insufficient_scope' || code === 'api_key_invalid' || code === 'rate_limited'))
    return { label: ofKey ? 'Open the key' : 'Open the client', href: asker }
  return undefined
}

/** A moment in UTC: the time, and the day where that is not today’s. */
export function utcOf(iso: string, now: number): string {
  const time = iso.slice(11, 19)
  return iso.slice(0, 10) === new Date(now).toISOString().slice(0, 10) ? time : `${dayOf(iso)} ${time}`
}

/** A moment in UTC, whole: “27 November 2026, 10:47:31.402 UTC”. */
export function utcExactly(iso: string): string {
  const day = new Date(iso).toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
  return `${day}, ${iso.slice(11, 23)} UTC`
}

function dayOf(iso: string): string {
  return new Date(iso).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })
}

/** “1 request”, “3,612 requests”. */
export function requestsWords(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'request' : 'requests'}`
}

/** “38 ms”, “1.2 s”. */
export function tookWords(milliseconds: number): string {
  if (milliseconds >= 1_000) return `${(milliseconds / 1_000).toFixed(1)} s`
  return `${milliseconds < 10 ? milliseconds : Math.round(milliseconds)} ms`
}

/** Who asked: the name of now, or the id of what is there no more. */
export function askerOf({ key, client }: Pick<LogEntry, 'key' | 'client'>): string {
  return key?.name ?? client?.name ?? key?.id ?? client?.id ?? ''
}
