import { hash, timingSafeEqual } from 'node:crypto'
import type { Environment } from '#lib/contract/environment.ts'
import type { Caller } from '../caller.ts'
import { clock } from '../clock.ts'
import { env } from '../env.ts'
import { Problem } from '../problem.ts'
import { checkAddress } from './allowlist.ts'
import { matchesHash, readApiKey } from './api-key.ts'
import { heldTo } from './ceiling.ts'
import { find, type PresentedKey } from './presented/store.ts'

const challenge = { 'WWW-Authenticate': 'Bearer realm="API key"' }

/** From where a request comes, and which one it is. */
export interface From {
  address?: string | undefined
  requestId?: string | undefined
  /** Is told whose the request is once that is certain, also where it is refused then. */
  noted?: ((caller: Caller) => void) | undefined
}

/**
 * Turns a presented API key into its caller.
 *
 * A live environment gives one answer for a wrong, a revoked and an expired key; a test environment says which. A key
 * that is not there costs the same comparison as one that is wrong.
 *
 * @throws Problem api_key_missing, api_key_invalid, ip_not_allowed
 */
export async function authenticate(presented: string | undefined, from: From = {}): Promise<Caller> {
  if (!presented) {
    throw new Problem('api_key_missing', 'Send the API key as “Authorization: Bearer sk_…” or “X-API-Key: sk_…”.', {
      headers: challenge,
    })
  }
  const text = readApiKey(presented)
  if (!text) throw invalid('This is not an API key of this server: a character is missing or mistyped.')
  const key = await find(text.id)
  const matches = isRight(presented, key)
  if (!key || !matches || key.environment !== text.environment) throw invalid('No such API key is valid here.')
  const caller = callerOf(key, from)
  from.noted?.(caller)
  const state = stateOf(key)
  if (state) {
    throw invalid(key.environment === 'test' ? `The API key ${state}. Use another.` : 'No such API key is valid here.')
  }
  checkAddress(key.allowedIps, from.address)
  return caller
}

// Of keys as they were read: what was presented and was right. Its HMAC costs more than all else of the check.
const right = new WeakMap<PresentedKey, Buffer>()

/** Whether what is presented is the key; for what is none, after the same work. */
function isRight(presented: string, key: PresentedKey | null): boolean {
  const digest = hash('sha256', presented, 'buffer')
  const known = timingSafeEqual(digest, (key && right.get(key)) ?? nobodys)
  if (known) return true
  const matches = matchesHash(presented, key?.hash)
  if (key && matches) right.set(key, digest)
  return matches
}

// No digest, as far as anybody can tell.
const nobodys = Buffer.alloc(32)

/** Whom a key speaks for, for whoever has seen that it may. */
export function callerOf(key: PresentedKey, { address, requestId }: From): Caller {
  const { id, name, hint, tier, expiresAt, allowedIps, familyId, demo } = key
  return {
    tenant: key.tenant,
    environment: key.environment as Environment,
    key: { id, name, hint, tier: heldTo(tier, key.tenant), expiresAt, allowedIps, familyId, demo },
    client: null,
    user: null,
    scopes: new Set(key.scopes.split(' ')),
    actor: { type: 'key', id, name, address: address ?? null, requestId: requestId ?? null },
  }
}

function invalid(detail: string): Problem {
  return new Problem('api_key_invalid', detail, {
    headers: { 'WWW-Authenticate': 'Bearer realm="API key", error="invalid_token"' },
  })
}

/** Why a key that is right is not good any more; undefined while it is. */
export function stateOf(key: { revokedAt: Date | null; expiresAt: Date | null; demo: boolean }): string | undefined {
  if (key.revokedAt) return 'was revoked'
  if (key.expiresAt && key.expiresAt.getTime() <= clock.now()) return 'has expired'
  if (key.demo && !env().demo) return 'is a demo key, and the demo is off here'
  return undefined
}
