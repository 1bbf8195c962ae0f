import type { Client } from '#lib/sdk/client.ts'
import { prepareForFailure } from './failure/explained.ts'

/** Brings the code of the ceremonies. */
export const loadCeremonies = () => import('./perform-ceremony.ts')

/**
 * A client with the page's key. It tries nothing twice, since the page shows every answer; its code is loaded when the
 * first key is there, together with that of the ceremonies and with what it takes to explain a failure.
 */
export async function clientOf(apiKey: string): Promise<Client> {
  const [{ Client }] = await Promise.all([import('#lib/sdk/client.ts'), prepareForFailure(), loadCeremonies()])
  return new Client({ apiKey, maxRetries: 0 })
}
