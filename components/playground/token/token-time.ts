/** What is left, as a clock: 59:12, or 7:59:12 beyond an hour. */
export function countdown(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1_000))
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3_600)
  const minutes = Math.floor(seconds / 60) % 60
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${two(minutes)}:${two(seconds % 60)}`
}

/** A moment in the reader's own time zone: the time of day if it is today, else with the date. */
export function localTime(milliseconds: number): string {
  const at = new Date(milliseconds)
  const time = at.toLocaleTimeString('en-GB')
  if (at.toDateString() === new Date().toDateString()) return time
  return `${at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })}, ${time}`
}
