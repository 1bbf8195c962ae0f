/** A list of scopes or values as OAuth writes it. */
export function words(list: string | readonly string[]): string {
  return typeof list === 'string' ? list : list.join(' ')
}

/**
 * Refuses a call that lacks an argument.
 *
 * @throws TypeError that names it
 */
export function demand<Given extends object>(call: string, given: Given | undefined, ...names: (keyof Given)[]): void {
  const missing = names.filter((name) => !given?.[name])
  if (missing.length > 0) throw new TypeError(`${call} needs ${missing.join(', ')}.`)
}

/** Parameters, without what is undefined. */
export function members(all: Record<string, string | number | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  )
}
