import { type HandOffTake, type HandOffTaken, handOffTake } from '#lib/contract/hand-offs.ts'
import { record } from '../../audit/audit.ts'
import type { Caller } from '../../caller.ts'
import { clock, later } from '../../clock.ts'
import { Problem, parse } from '../../problem.ts'
import { hashToken } from '../../secret-token.ts'
import { checkAddress } from '../allowlist.ts'
import { hashApiKey, hintOf, readApiKey, writeApiKey } from '../api-key.ts'
import { callerOf, type From, stateOf } from '../authenticate.ts'
import { find as findKey } from '../presented/store.ts'
import type { NewKey, StoredKey } from '../store.ts'
import { recorded } from '../view.ts'
import * as store from './store.ts'

/** What a key that is handed on may do, where the key that it comes from may. */
const scopes = ['passkeys:register', 'passkeys:authenticate']

/**
 * Takes what a code stands for, once: a new test key of the same tenant for an hour, with the scopes of passkeys alone, that
 * shares the rate bucket, the allowlist and at most the expiry of the key it comes from, and ends with it where that is
 * revoked. Of several at once, one gets it.
 *
 * @returns the answer, and whom the new key speaks for
 * @throws Problem hand_off_used; not_found for a code that is unknown, expired or replaced, or whose key works no more;
 *   ip_not_allowed, and rate_limited where so many keys work already, after which the code is still good; invalid_request
 */
export async function takeHandOff(request: HandOffTake, from: From): Promise<{ answer: HandOffTaken; caller: Caller }> {
  const { code } = parse(handOffTake, request)
  const found = await store.find(hashToken(code, 'hand-off'))
  const maker = found && (await findKey(found.keyId))
  if (!found || !maker) throw unknown()
  const secret = writeApiKey('test')
  const by = callerOf(maker, from)
  const keyOf = (handOff: store.StoredHandOff, maker: StoredKey) => {
    if (handOff.takenAt) {
      throw new Problem(
        'hand_off_used',
        'This code was used already: it is good for one phone, once. Ask for a new one.',
      )
    }
    if (handOff.replacedAt) {
      throw notFound('This code has ended: another was made in its place. Scan the one that is on the screen now.')
    }
    if (handOff.expiresAt.getTime() <= clock.now()) {
      throw notFound('This code has expired: it is good for five minutes. Ask for a new one.')
    }
    const given = maker.scopes.split(' ').filter((scope) => scopes.includes(scope))
    if (stateOf(maker) || !given.length) {
      throw notFound('This code has ended: the key that it was made with works no more. Ask for a new one.')
    }
    checkAddress(maker.allowedIps, from.address)
    return successorOf(maker, given.join(' '), secret)
  }
  const taken = await store.take(found, keyOf, async (tx, after, before) => {
    await recorded(by, 'key.created', { handOffId: found.id })(tx, after, before)
    const target = { id: found.id, name: '' }
    const { tenantId, environment } = found
    await record(tx, by.actor, { tenantId, environment, action: 'hand_off.taken', target, after: { keyId: after.id } })
  })
  if (taken === 'full') {
    throw new Problem(
      'rate_limited',
      'So many keys work here that no phone gets another now. Those that were handed on end within the hour: come again in some minutes.',
      { headers: { 'Retry-After': '300' } },
    )
  }
  if (taken === 'gone') throw unknown()
  const { handOff, key } = taken
  const answer = {
    tenant: { id: maker.tenant.id, name: maker.tenant.name },
    key: {
      id: key.id,
      secret,
      hint: key.hint,
      scopes: key.scopes.split(' '),
      expiresAt: key.expiresAt?.toISOString() ?? '',
    },
    username: handOff.username,
    options: handOff.options === null ? null : JSON.parse(handOff.options),
  }
  return { answer, caller: callerOf({ ...key, tenant: maker.tenant }, from) }
}

function successorOf(maker: StoredKey, scopes: string, secret: string): NewKey {
  const hour = later(store.hourMilliseconds)
  const expiresAt = maker.expiresAt && maker.expiresAt < hour ? maker.expiresAt : hour
  return {
    tenantId: maker.tenantId,
    environment: 'test',
    id: readApiKey(secret)?.id ?? '',
    name: [...`Handed on: ${maker.name}`].slice(0, 64).join('').trimEnd(),
    hash: hashApiKey(secret),
    hint: hintOf(secret),
    scopes,
    tier: 'standard',
    demo: maker.demo,
    allowedIps: maker.allowedIps,
    familyId: maker.familyId,
    predecessorId: null,
    handedOff: true,
    expiresAt,
    plannedExpiresAt: expiresAt,
  }
}

function unknown(): Problem {
  return notFound('This code is unknown here, or was made more than an hour ago. Ask for a new one.')
}

function notFound(detail: string): Problem {
  return new Problem('not_found', detail)
}
