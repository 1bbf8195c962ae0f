import { randomUUID } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import { webhookEventTypeNames } from '#lib/contract/webhook-event-types.ts'
import { type Caller, placeOf } from '#lib/server/caller.ts'
import { authenticate } from '#lib/server/keys/authenticate.ts'
import { createKey } from '#lib/server/keys/make-key.ts'
import { admit } from '#lib/server/limits/limits.ts'
import { limitsOf } from '#lib/server/limits/limits-of.ts'
import { note } from '#lib/server/logs/note.ts'
import { newRequestId } from '#lib/server/request-id.ts'
import { actFor, createTenant } from '#lib/server/tenants/tenants.ts'
import { count } from '#lib/server/usage/count.ts'
import { createWebhook } from '#lib/server/webhooks/endpoints.ts'
import { beginSending } from '#lib/server/webhooks/sending/sender.ts'
import { inTurn, makeKeys } from './keys.ts'
import { serveTurns } from './turns.ts'

// The key check as a request goes through it, without HTTP; counting, alone and after the check; and the log of requests.

const from = { address: '127.0.0.1', requestId: 'bench' }

const tenant = await createTenant({ name: 'Bench', slug: 'bench' })
const operator = await actFor(tenant.id, 'live')
const secrets = await makeKeys(async (name) => {
  const { secret } = await createKey(operator, { type: 'live', tier: 'enterprise', name, scopes: ['usage:read'] })
  return secret
})
const known = await Promise.all(secrets.map((secret) => authenticate(secret, from)))

// A tenant with a quota, which is looked at with each count, and with an endpoint that listens to everything.
const listening = await createTenant({ name: 'Listening', slug: 'listening', monthlyQuota: 1_000_000_000 })
const member = await actFor(listening.id, 'live')
await createWebhook(member, { url: 'https://hooks.example/', events: webhookEventTypeNames })
const listeningKeys = await makeKeys(async (name) => {
  const { secret } = await createKey(member, { type: 'live', tier: 'enterprise', name, scopes: ['usage:read'] })
  return secret
})
const told = await Promise.all(listeningKeys.map((secret) => authenticate(secret, from)))
beginSending()

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

/** A request as the log has it. */
function noted(caller: Caller, id: string) {
  const nobody = { userId: null, username: null }
  const granted = { code: null, reason: null, detail: null, expected: null, actual: null }
  const asked = {
    operation: 'tenant.read',
    call: 'GET /v1/tenant',
    status: 200,
    milliseconds: 1.2,
    bytes: 0,
    limit: 100,
    left: 71,
  }
  return { id, ...asked, askerId: caller.key?.id ?? '', address: caller.actor.address, ...nobody, ...granted }
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
  // Each in a turn of the loop of its own, so that what was noted is written meanwhile.
  log: (caller) => async () => {
    const one = known[caller] as Caller
    note(placeOf(one), noted(one, newRequestId()))
    await turn()
  },
  'no log': (caller) => async () => {
    noted(known[caller] as Caller, randomUUID())
    await turn()
  },
  'count and tell': (caller) => () => counted(told[caller] as Caller),
})
