/** For how long the old key goes on working. */
export const overlaps = [
  { value: '0', label: 'None' },
  { value: '3600', label: '1 hour' },
  { value: '86400', label: '1 day' },
  { value: '604800', label: '7 days' },
] as const
export type Overlap = (typeof overlaps)[number]['value']

const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short' })

/** A moment as a person writes it down: day and minute. */
export function momentWords(at: number): string {
  return format.format(at)
}

/** What an overlap means for the old key: it ends when the overlap does, or at its own expiry where that is earlier. */
export function overlapWords(overlap: Overlap, expiresAt: string | null, now: number): string {
  if (overlap === '0')
    return 'The old key stops at once. What uses it is refused until the new key is deployed: right when the key has leaked.'
  const end = now + Number(overlap) * 1_000
  return expiresAt && Date.parse(expiresAt) < end
    ? `The old key works until its own expiry, ${momentWords(Date.parse(expiresAt))}.`
    : `The old key works until ${momentWords(end)}, then it stops by itself.`
}
