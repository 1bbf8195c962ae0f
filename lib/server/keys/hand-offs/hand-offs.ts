import { handOffSeconds } from '#lib/contract/hand-off-life.ts'
import { type HandOffCreate, type HandOffCreated, type HandOffView, handOffCreate } from '#lib/contract/hand-offs.ts'
import { record } from '../../audit/audit.ts'
import { type Caller, type CallerKey, holds, placeOf } from '../../caller.ts'
import { clock, isDue, later, longOver } from '../../clock.ts'
import { env } from '../../env.ts'
import { newId } from '../../ids.ts'
import { lacking } from '../../lacking.ts'
import { oneAtATime } from '../../leases/one-at-a-time.ts'
import { networkOf } from '../../limits/limits.ts'
import { Problem, parse } from '../../problem.ts'
import { hashToken, newToken } from '../../secret-token.ts'
import { stateOf } from '../authenticate.ts'
import { read as readKey } from '../store.ts'
import * as store from './store.ts'

let sweptAt = 0

/**
 * Makes a one-time code by which a phone in the room gets a test key of its own, with what it begins with. The code stands
 * behind the `#` of the address, which no browser sends and no log sees. One that it replaces ends with that.
 *
 * @throws Problem insufficient_scope for anybody but a test key that holds both scopes of passkeys and was not handed on
 *   itself; rate_limited where the key has too many; invalid_request
 */
export async function makeHandOff(caller: Caller, request: HandOffCreate): Promise<HandOffCreated> {
  const { username, options, replaces } = parse(handOffCreate, request)
  const key = await handedOnBy(caller)
  await sweep()
  const code = newToken()
  const handOff = {
    ...placeOf(caller),
    id: newId('hof'),
    hash: hashToken(code, 'hand-off'),
    keyId: key.id,
    network: key.demo ? networkOf(caller.actor.address ?? undefined) : '',
    username: username ?? null,
    options: options ? JSON.stringify(options) : null,
    createdAt: new Date(clock.now()),
    expiresAt: later(handOffSeconds * 1000),
  }
  const { id, expiresAt } = handOff
  const made = { ...placeOf(caller), action: 'hand_off.created', target: { id, name: '' } } as const
  const full = await store.save(handOff, replaces, (tx, isReplaced) =>
    record(tx, caller.actor, { ...made, ...(isReplaced ? { after: { replaces } } : {}) }),
  )
  if (full) throw tooMany(full.roomAt)
  return { id, url: `${env().baseUrl}/playground#hand-off=${code}`, expiresAt: expiresAt.toISOString() }
}

/**
 * How far one of the caller's environment is.
 *
 * @throws Problem not_found where there is none, or it was made more than an hour ago
 */
export async function readHandOff(caller: Caller, id: string): Promise<HandOffView> {
  const found = await store.read(placeOf(caller), id)
  if (!found) throw new Problem('not_found', 'No such hand-off was made here, or it was long ago.')
  const { handOff, maker } = found
  const { expiresAt, takenAt, replacedAt } = handOff
  const over = expiresAt.getTime() <= clock.now()
  const ended = replacedAt || !maker || stateOf(maker)
  const status = takenAt ? 'taken' : over ? 'expired' : ended ? 'ended' : 'open'
  return { id, status, expiresAt: expiresAt.toISOString(), takenAt: takenAt?.toISOString() ?? null }
}

/** @throws Problem insufficient_scope */
async function handedOnBy(caller: Caller): Promise<CallerKey> {
  const { key, environment } = caller
  if (!key) throw new Problem('insufficient_scope', 'Only an API key is handed on, an access token is not.')
  if (environment !== 'test') {
    throw new Problem('insufficient_scope', 'Only a test key is handed on: a live key does not belong on a phone.')
  }
  if (!holds(caller, 'passkeys:authenticate')) {
    const detail = 'This needs the scope passkeys:authenticate, too, which the key does not hold.'
    throw lacking(caller, 'passkeys:authenticate', detail)
  }
  if ((await readKey(placeOf(caller), key.id))?.handedOff !== false) {
    throw new Problem('insufficient_scope', 'This key was handed on itself, and is handed on no further.')
  }
  return key
}

/** Those whose keys have ended are told apart no more. */
async function sweep(): Promise<void> {
  if (!isDue(sweptAt, 60_000)) return
  sweptAt = clock.now()
  await oneAtATime('hand-offs', () => store.removeOld(new Date(longOver().getTime() - store.hourMilliseconds)))
}

function tooMany(roomAt: Date): Problem {
  const seconds = Math.max(1, Math.ceil((roomAt.getTime() - clock.now()) / 1000))
  return new Problem(
    'rate_limited',
    `A key has 20 codes open at once, and makes 100 in an hour. There is room for another in ${seconds} s.`,
    { headers: { 'Retry-After': String(seconds) } },
  )
}
