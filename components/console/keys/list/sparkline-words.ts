const day = 86_400_000

/** What a sparkline shows, said: “412 requests in 14 days, most on 20 November (96)”. Days are UTC, today last. */
export function sparklineWords(days: readonly number[], today: Date): string {
  const total = days.reduce((sum, requests) => sum + requests, 0)
  if (total === 0) return `No request in ${days.length} days`
  const most = Math.max(...days)
  const at = days.lastIndexOf(most)
  const said = `${total.toLocaleString('en')} ${total === 1 ? 'request' : 'requests'} in ${days.length} days`
  return `${said}, ${total === most ? 'all' : 'most'} on ${dayOf(today, days.length - 1 - at)}${total === most ? '' : ` (${most.toLocaleString('en')})`}`
}

/** The day so many days before today: “20 November”. */
export function dayOf(today: Date, daysAgo: number): string {
  return new Date(today.getTime() - daysAgo * day).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  })
}
