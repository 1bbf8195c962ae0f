/** The longest text that a check shows of a value that somebody else wrote. */
const longest = 200

/** A value as one line for people: text as it is, anything else as JSON, cut where it would flood the page. */
export function brief(value: unknown): string {
  if (value === undefined) return 'absent'
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
  return text.length > longest ? `${text.slice(0, longest)}…` : text || 'empty'
}

/** A long identifier, shortened in the middle. */
export function shortened(value: unknown): string {
  return typeof value === 'string' && value.length > 28 ? `${value.slice(0, 12)}…${value.slice(-12)}` : brief(value)
}

/** Two identifiers, shortened only as far as a difference between them stays visible. */
export function compared(expected: string, actual: unknown): { expected: string; actual: string } {
  if (expected !== actual && shortened(expected) === shortened(actual))
    return { expected: brief(expected), actual: brief(actual) }
  return { expected: shortened(expected), actual: shortened(actual) }
}
