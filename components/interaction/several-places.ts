import type { InteractionView } from '#lib/contract/oauth.ts'

/** Whether scopes are for several places, so that each is said with its own. */
export function severalPlaces(scopes: Pick<InteractionView['scopes'][number], 'at'>[]): boolean {
  return new Set(scopes.map(({ at }) => at).filter(Boolean)).size > 1
}
