import { errors } from 'oidc-provider'
import { logUnavailable } from '../log-unavailable.ts'
import { cannotNow, toldOf } from '../problem.ts'

type Act = (...args: never[]) => Promise<unknown>

/** A store whose failures the authorization server tells as what they are, and not as faults of its own. */
export function telling<Store extends Record<string, Act>>(store: Store): Store {
  const told = Object.entries(store).map(([name, act]) => [name, (...args: never[]) => act(...args).catch(tell)])
  return Object.fromEntries(told) as Store
}

/**
 * What the library answers as 503 `temporarily_unavailable`, or takes back to the app; its code is that of our problem.
 *
 * @throws what was thrown, where that is anything else
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1
 */
export function tell(error: unknown): never {
  if (toldOf(error)?.code !== 'unavailable') throw error
  logUnavailable(error)
  const told = new errors.CustomOIDCProviderError('temporarily_unavailable', cannotNow)
  throw Object.assign(told, { code: 'unavailable', status: 503, statusCode: 503, cause: error })
}
