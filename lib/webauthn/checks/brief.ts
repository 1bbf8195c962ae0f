import { beginningOf } from '../beginning.ts'

/** The longest text that a check shows of a value that somebody else wrote. */
const longest = 200

/** A value as one line for people: text as it is, anything else as JSON, cut where it would flood the page. */
export function brief(value: unknown): string {
  if (value === undefined) return 'absent'
  const text = typeof value === 'string' ? value : json(value)
  return text.length > longest ? `${beginningOf(text, longest)}…` : text || 'empty'
}

/** JSON of what a hostile client sent: also of what has none, such as big integers, or is nested too deep for it. */
function json(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value)
  } catch {
    return typeof value === 'object' ? 'nested too deep to show' : String(value)
  }
}

/** A long identifier, shortened in the middle. */
export function shortened(value: unknown): string {
  return typeof value === 'string' && value.length > 28
    ? `${beginningOf(value, 12)}…${value.slice(-12).replace(/^\p{Cs}/u, '')}`
    : brief(value)
}

/** Two identifiers, shortened only as far as a difference between them stays visible. */
export function compared(expected: string, actual: unknown): { expected: string; actual: string } {
  if (expected !== actual && shortened(expected) === shortened(actual))
    return { expected: brief(expected), actual: brief(actual) }
  return { expected: shortened(expected), actual: shortened(actual) }
}
