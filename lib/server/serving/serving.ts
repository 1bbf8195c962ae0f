import { env, servedAt } from '../env.ts'
import { findBaseUrl, saveBaseUrl } from './store.ts'

/**
 * Leaves this server's BASE_URL where the command line finds it. It stays there after a stop or a crash; processes that
 * share a database share it.
 *
 * @returns whether this is the first start with this database
 */
export async function announce(): Promise<boolean> {
  const before = await findBaseUrl()
  if (before !== env().baseUrl) await saveBaseUrl(env().baseUrl)
  return before === undefined
}

/**
 * Goes by the BASE_URL of the server beside which this process works, so that its links lead there. One that is set here
 * wins.
 */
export async function followServer(): Promise<void> {
  const baseUrl = await findBaseUrl()
  if (baseUrl !== undefined) servedAt(baseUrl)
}
