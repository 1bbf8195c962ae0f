import type { Environment, Tier } from '#lib/contract/environment.ts'
import type { KeyView } from '#lib/contract/keys.ts'
import type { CountedOperation } from '#lib/contract/mpc-operations.ts'
import { type Scope, scopeNames } from '#lib/contract/scopes.ts'
import type { Caller } from '../caller.ts'
import { clock } from '../clock.ts'
import { authenticate } from '../keys/authenticate.ts'
import { createKey } from '../keys/make-key.ts'
import { actFor, createTenant } from '../tenants/tenants.ts'
import { count } from './count.ts'
import type { Asker, Askers } from './over-time.ts'

// What tests of usage figures stand on: tenants with keys, and requests of any time.

interface KeySettings {
  scopes?: Scope[]
  tier?: Tier
  /** From where the key is used. */
  address?: string
}

/** A new tenant with a key that may do everything, in each of its environments; and more keys where they are asked for. */
export async function tenantWithKey() {
  const slug = `t-${crypto.randomUUID().slice(0, 13)}`
  const tenant = await createTenant({ name: `Tenant ${slug}`, slug })
  const addKey = async (environment: Environment, { scopes = scopeNames, tier, address }: KeySettings = {}) => {
    const maker = await actFor(tenant.id, environment)
    const { secret, ...key } = await createKey(maker, {
      ...{ type: environment, name: `Key of ${slug}`, scopes: [...scopes] },
      ...(tier ? { tier } : {}),
    })
    const caller = await authenticate(secret, { address })
    return { caller, key: key satisfies KeyView as KeyView }
  }
  const keys = { test: await addKey('test'), live: await addKey('live') }
  return { tenant, addKey, callerOf: (environment: Environment): Caller => keys[environment].caller, keys }
}

/** These, as whoever asks for usage finds them. */
export function found(askers: Asker[]): Askers {
  return { of: async (ids) => askers.filter(({ id }) => ids.includes(id)), newest: async () => askers }
}

interface Requests {
  /** So many of them, all at once. */
  requests?: number
  operation?: CountedOperation
  outcome?: string
  peakPerMinute?: number
  peakConcurrent?: number
}

/** Counts requests as if it were that moment. */
export async function requestsAt(
  moment: string | number,
  caller: Caller,
  { requests = 1, operation = 'tenant.read', outcome = 'ok', peakPerMinute = 1, peakConcurrent = 1 }: Requests = {},
): Promise<void> {
  const { now } = clock
  clock.now = () => new Date(moment).getTime()
  const one = { operation, outcome, requests: peakPerMinute, inFlight: peakConcurrent }
  await Promise.all(Array.from({ length: requests }, () => count(caller, one)))
  clock.now = now
}
