import { findClient, matchesSecret } from './find-client.ts'

/** For tests: whether a client is known by a secret, asked of storage anew. */
export async function secretWorks(clientId: string, secret: string): Promise<boolean> {
  return matchesSecret((await findClient(clientId))?.secretHashes ?? [], secret)
}
