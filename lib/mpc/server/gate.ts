import { randomUUID } from 'node:crypto'
import type { HandlerContext } from '@connectrpc/connect'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { type MpcRpc, mpcRpcs } from '#lib/contract/mpc-operations.ts'
import { callKey } from './call.ts'
import { refusal } from './refusal.ts'
import { callerOf } from './tokens/caller.ts'
import { told } from './told.ts'

/** Calls of one user, or of one member of a tenant, in a minute. */
const perMinute = 600
const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 })

/**
 * Lets a call pass whose token is good, before anything of its message is read.
 *
 * @throws ConnectError UNAUTHENTICATED, UNAVAILABLE
 */
export async function authenticate(context: HandlerContext): Promise<void> {
  const { operation } = rpcOf(context)
  try {
    const caller = await callerOf(context.requestHeader.get('authorization'))
    context.values.set(callKey, { id: randomUUID(), caller, operation, counted: false, signal: context.signal })
  } catch (error) {
    throw told(error)
  }
}

/**
 * That a caller holds the scope of an rpc, and has not called too often.
 *
 * @throws ConnectError PERMISSION_DENIED, RESOURCE_EXHAUSTED
 */
export async function permit(context: Pick<HandlerContext, 'service' | 'method' | 'values'>): Promise<void> {
  const caller = context.values.get(callKey)?.caller
  if (!caller) throw refusal('token_missing')
  const { scope } = rpcOf(context)
  if (caller.scopes && !caller.scopes.has(scope)) {
    throw refusal('scope_missing', `The access token lacks the scope ${scope}.`, { metadata: { scope } })
  }
  await withinRate('A user', [caller.tenantId, caller.environment, caller.sub])
}

/**
 * That somebody has not called too often.
 *
 * @throws ConnectError RESOURCE_EXHAUSTED
 */
export async function withinRate(who: string, names: readonly string[]): Promise<void> {
  try {
    await limiter.consume(JSON.stringify(names))
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error
    const retryAfter = Math.max(1, Math.ceil(error.msBeforeNext / 1000))
    throw refusal('rate_limited', `${who} may call ${perMinute} times a minute.`, { retryAfter })
  }
}

function rpcOf({ service, method }: Pick<HandlerContext, 'service' | 'method'>) {
  return mpcRpcs[`${service.typeName}/${method.name}` as MpcRpc]
}
