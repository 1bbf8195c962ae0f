import type { Caller } from '#lib/server/caller.ts'
import { authenticate } from '#lib/server/keys/authenticate.ts'
import { createKey } from '#lib/server/keys/make-key.ts'
import { admit } from '#lib/server/limits/limits.ts'
import { limitsOf } from '#lib/server/limits/limits-of.ts'
import { actFor, createTenant } from '#lib/server/tenants/tenants.ts'
import { count } from '#lib/server/usage/count.ts'
import { inTurn, makeKeys } from './keys.ts'
import { serveTurns } from './turns.ts'

// The key check as a request goes through it, without HTTP; and counting, alone and after the check.

const from = { address: '127.0.0.1', requestId: 'bench' }

const tenant = await createTenant({ name: 'Bench', slug: 'bench' })
const operator = await actFor(tenant.id, 'live')
const secrets = await makeKeys(async (name) => {
  const { secret } = await createKey(operator, { type: 'live', tier: 'enterprise', name, scopes: ['usage:read'] })
  return secret
})
const known = await Promise.all(secrets.map((secret) => authenticate(secret, from)))

async function check(secret: string) {
  const caller = await authenticate(secret, from)
  const { key, environment } = caller
  if (!key) throw new Error('A caller without a key.')
  const admission = await admit(key.familyId, limitsOf(environment, key.tier))
  admission.release()
  return { caller, admission }
}

function counted(caller: Caller, { requests, inFlight } = { requests: 1, inFlight: 1 }): Promise<void> {
  return count(caller, { operation: 'getTenant', outcome: 'ok', requests, inFlight })
}

serveTurns({
  check: (caller, callers) => {
    const next = inTurn(secrets, caller, callers)
    return async () => void (await check(next()))
  },
  'check and count': (caller, callers) => {
    const next = inTurn(secrets, caller, callers)
    return async () => {
      const checked = await check(next())
      await counted(checked.caller, checked.admission)
    }
  },
  count: (caller) => () => counted(known[caller] as Caller),
})
