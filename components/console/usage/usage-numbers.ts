/** A count with its thousands set apart. */
export function number(count: number): string {
  return count.toLocaleString('en')
}

/** What is counted. */
export interface Counted {
  one: string
  many: string
}

export const requests: Counted = { one: 'request', many: 'requests' }
export const ceremonies: Counted = { one: 'ceremony', many: 'ceremonies' }

/** “1 request”, “1,200 requests”. */
export function counted(count: number, { one, many }: Counted): string {
  return `${number(count)} ${count === 1 ? one : many}`
}

/** A word at the beginning of a sentence. */
export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/** A part of a whole in per cent; what is there is never 0 %, what is missing never 100 %. */
export function share(part: number, whole: number): string {
  if (!whole || !part) return '0 %'
  const percent = (part / whole) * 100
  if (percent < 0.1) return 'under 0.1 %'
  if (part < whole && percent > 99.9) return 'over 99.9 %'
  return `${percent.toLocaleString('en', { maximumFractionDigits: percent < 10 ? 1 : 0, roundingMode: 'trunc' })} %`
}

/** Where a point in time begins, in UTC, as usage is counted: “3 Jun”, or “14:00”. */
export function pointName(iso: string, step: 'hour' | 'day'): string {
  return step === 'day' ? format(iso, { day: 'numeric', month: 'short' }) : iso.slice(11, 16)
}

/** A point in time in short, in UTC: “Wed, 3 Jun 2026”, or “3 Jun, 14:00”. */
export function pointLabel(iso: string, step: 'hour' | 'day'): string {
  if (step === 'hour') return `${format(iso, { day: 'numeric', month: 'short' })}, ${iso.slice(11, 16)}`
  return format(iso, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
}

/** A point in time in full: “Wednesday, 3 June 2026”, or “3 June, 14:00–15:00 UTC”. */
export function pointTitle(iso: string, step: 'hour' | 'day'): string {
  if (step === 'day') return format(iso, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
  const end = new Date(Date.parse(iso) + 3_600_000).toISOString()
  return `${format(iso, { day: 'numeric', month: 'long' })}, ${iso.slice(11, 16)}–${end.slice(11, 16)} UTC`
}

function format(iso: string, options: Intl.DateTimeFormatOptions): string {
  return new Date(iso).toLocaleDateString('en-GB', { ...options, timeZone: 'UTC' })
}
