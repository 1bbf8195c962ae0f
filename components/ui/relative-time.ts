const units: readonly [Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

/** A moment as people say it: “3 minutes ago”, “in 23 hours”; the date when it is more than 30 days away. */
export function relativeTime(at: number, now: number): string {
  const seconds = (at - now) / 1_000
  if (Math.abs(seconds) > 30 * 86_400) return date.format(at)
  const unit = units.find(([, size]) => Math.abs(seconds) >= size)
  if (!unit) return seconds > 30 ? 'in less than a minute' : 'just now'
  return words.format(Math.round(seconds / unit[1]), unit[0])
}

/** The reader's zone at a moment, as it stands beside times that are told without it: “UTC”, “GMT+1”. */
export function zoneOf(at: number): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'shortOffset' }).formatToParts(at)
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
  return /^GMT(?:\+0)?$/.test(name) ? 'UTC' : name
}

/** A moment with date, time and zone. */
export function exactTime(at: number): string {
  return new Date(at).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'long' })
}
