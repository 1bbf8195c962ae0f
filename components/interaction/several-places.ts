/** Whether scopes are for several places, so that each is said with its own. */
export function severalPlaces(scopes: readonly { at: string | null }[]): boolean {
  return new Set(scopes.map(({ at }) => at).filter(Boolean)).size > 1
}
