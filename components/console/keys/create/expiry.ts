import { latestMoment } from '#lib/contract/latest-moment.ts'

const day = 86_400_000

/** When a key ends: never, after so many days, or with a day that somebody picked. */
export const expiryChoices = [
  { value: 'never', label: 'Never' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '365 days' },
  { value: 'date', label: 'On a date' },
] as const
export type ExpiryChoice = (typeof expiryChoices)[number]['value']

export interface Expiry {
  choice: ExpiryChoice
  /** With `date`: the last day that the key works, YYYY-MM-DD in the reader's time zone. */
  date: string
}

/** The moment of an expiry: null for never, undefined where no day was picked yet. */
export function momentOf({ choice, date }: Expiry, now: number): string | null | undefined {
  if (choice === 'never') return null
  if (choice !== 'date') return new Date(now + Number(choice) * day).toISOString()
  const end = new Date(`${date}T23:59:59`)
  return Number.isNaN(end.getTime()) ? undefined : end.toISOString()
}

/** A moment as an expiry that can be edited: its day, in the reader's time zone. */
export function expiryOf(iso: string | null): Expiry {
  return iso === null ? { choice: 'never', date: '' } : { choice: 'date', date: dayText(new Date(iso)) }
}

/** The day of a moment as a date field wants it, in the reader's time zone. */
export function dayText(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

/** Why an expiry cannot be, or undefined. */
export function expiryMistake(expiry: Expiry, now: number): string | undefined {
  const moment = momentOf(expiry, now)
  if (moment === undefined) return 'Pick the last day that the key is to work.'
  if (moment === null) return undefined
  if (Date.parse(moment) <= now) return 'This day is over. Pick a later one.'
  return Date.parse(moment) > latestMoment(now) ? 'This is more than ten years ahead. Pick an earlier day.' : undefined
}
