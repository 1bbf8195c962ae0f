import type { HomeRange, HomeReason, HomeView } from '#lib/contract/console-home.ts'

/** What the ranges are called. */
export const ranges = { today: 'Today', '7d': '7 days', '30d': '30 days' } as const satisfies Record<HomeRange, string>

const dayWords = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' })
const shortDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })
const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' })
const clockTime = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' })

/** What the figures are of, and beside what they stand. */
export function periodWords({ range, at, before, times }: Pick<HomeView, 'range' | 'at' | 'before' | 'times'>): string {
  const now = Date.parse(at)
  if (range === 'today') {
    const day = weekday.format(now)
    return `${day} ${dayWords.format(now)}, ${clockTime.format(now)} UTC · beside last ${day} until the same time`
  }
  const from = dayWords.format(Date.parse(times[0] ?? at))
  return `${from} to ${dayWords.format(now)} (UTC) · beside as many days from ${dayWords.format(Date.parse(before))} on`
}

/** What the time before is called in a legend. */
export function beforeWords({ range, at }: Pick<HomeView, 'range' | 'at'>): string {
  return range === 'today' ? `last ${weekday.format(Date.parse(at))}` : 'the time before'
}

/** A point in time at the foot of a chart. */
export function pointWords(time: string, step: HomeView['step']): string {
  return step === 'hour' ? clockTime.format(Date.parse(time)) : shortDay.format(Date.parse(time))
}

/** How a count stands to the one before, without a word where there was none. */
export function changeWords(now: number, before: number): { arrow: '↑' | '↓' | '='; words: string } | undefined {
  if (before === 0) return undefined
  const change = Math.round(((now - before) / before) * 100)
  const arrow = change > 0 ? '↑' : change < 0 ? '↓' : '='
  return {
    arrow,
    words: change === 0 ? `as many as before` : `${Math.abs(change)} % on ${before.toLocaleString('en')}`,
  }
}

/** A share in per cent with one digit; “–” for a share of nothing. */
export function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((part / whole) * 100).toFixed(1).replace(/\.0$/, '')} %`
}

/** What the success rate lacks: why the most of the sign-ins failed that were answered; what was refused before is none of it. */
export function firstReason({ reasons }: Pick<HomeView, 'reasons'>): HomeReason | undefined {
  return reasons.find(({ operation }) => operation === 'passkeys.authenticate.finish')
}

/** What mends a reason, and what of it only owners can; undefined where its requests are all that can be looked at. */
export function repairOf({
  reason,
  actual,
}: Pick<HomeReason, 'reason' | 'actual'>): { href: string; label: string; owners?: string } | undefined {
  if (reason === 'origin') {
    const host = actual && URL.canParse(actual) ? new URL(actual).host : undefined
    return host
      ? {
          href: `/console/relying-party?allow=${encodeURIComponent(actual ?? '')}`,
          label: `Allow ${host}…`,
          owners: `allow ${host}`,
        }
      : { href: '/console/relying-party', label: 'Look at the origins…' }
  }
  if (reason === 'rp-id-hash') return { href: '/console/relying-party', label: 'Look at the RP ID…' }
  if (reason === 'attestation-trust') return { href: '/console/attestation', label: 'Look at who is trusted…' }
  if (reason === 'insufficient_scope' || reason === 'rate_limited')
    return { href: '/console/keys', label: 'Look at the keys…' }
  return undefined
}

/** The log of what was refused, or for one reason; it goes back seven days at most. */
export function logsPath(range: HomeRange, of?: Pick<HomeReason, 'operation' | 'reason'>): string {
  const query = new URLSearchParams(of ? { operation: of.operation, reason: of.reason } : { status: '4xx' })
  if (range !== 'today') query.set('range', '7d')
  return `/console/logs?${query}`
}
