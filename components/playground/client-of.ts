import type { Client } from '#lib/sdk/client.ts'
import { ahead } from '../ui/late.tsx'
import { prepareForFailure } from './failure/explained.ts'

/** Brings the code of the ceremonies. */
export const loadCeremonies = () => import('./perform-ceremony.ts')

/** Brings what draws a new passkey. */
export const loadRegistered = () => import('./registered-card.tsx')

/** Brings the list of runs. */
export const loadRuns = () => import('./runs/runs.ts')

/**
 * A client with the page's key. It tries nothing twice, since the page shows every answer; its code is loaded when the
 * first key is there, together with that of the ceremonies and of what they end in.
 */
export async function clientOf(apiKey: string): Promise<Client> {
  // Its place says so where it does not come: a ceremony goes on without it.
  ahead(loadRuns).catch(() => {})
  const [{ Client }] = await Promise.all([
    import('#lib/sdk/client.ts'),
    loadCeremonies(),
    ahead(loadRegistered),
    prepareForFailure(),
  ])
  return new Client({ apiKey, maxRetries: 0 })
}
