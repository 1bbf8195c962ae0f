import type { ConsoleKey } from '#lib/contract/console.ts'

/** A key's tier, and what the tenant's ceiling makes of it. */
export function tierWords({ tier, heldTo }: Pick<ConsoleKey, 'tier' | 'heldTo'>): string {
  return heldTo ? `${tier}, held to ${heldTo} by the tenant’s ceiling` : tier
}
