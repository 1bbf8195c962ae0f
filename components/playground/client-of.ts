import type { Client } from '#lib/sdk/client.ts'
import { prepareForFailure } from './failure/explained.ts'

/**
 * A client with the page's key. It tries nothing twice, since the page shows every answer; its code is loaded when the
 * first key is there, together with what it takes to explain a failure.
 */
export async function clientOf(apiKey: string): Promise<Client> {
  const [{ Client }] = await Promise.all([import('#lib/sdk/client.ts'), prepareForFailure()])
  return new Client({ apiKey, maxRetries: 0 })
}
