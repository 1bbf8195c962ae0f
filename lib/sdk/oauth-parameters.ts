/** A list of scopes or values as OAuth writes it. */
export function words(list: string | readonly string[]): string {
  return typeof list === 'string' ? list : list.join(' ')
}

/** Parameters, without what is undefined. */
export function members(all: Record<string, string | number | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  )
}
