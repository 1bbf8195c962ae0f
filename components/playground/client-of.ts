import type { Client } from '#lib/sdk/client.ts'

/**
 * A client with the page's key. It tries nothing twice, since the page shows every answer; its code is loaded when the
 * first key is there.
 */
export async function clientOf(apiKey: string): Promise<Client> {
  const { Client } = await import('#lib/sdk/client.ts')
  return new Client({ apiKey, maxRetries: 0 })
}
