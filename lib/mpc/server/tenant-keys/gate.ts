import type { HandlerContext, Interceptor } from '@connectrpc/connect'
import { refuseTooLarge } from '../count.ts'
import { withinRate } from '../gate.ts'
import { refusal } from '../refusal.ts'
import { tenantCallerOf } from '../tokens/tenant-caller.ts'
import { told } from '../told.ts'
import { tenantCallKey } from './call.ts'

/**
 * Lets a call pass whose token is a tenant's, before anything of its message is read.
 *
 * @throws ConnectError UNAUTHENTICATED, UNAVAILABLE
 */
export async function authenticateTenant(context: HandlerContext): Promise<void> {
  try {
    const caller = await tenantCallerOf(context.requestHeader.get('authorization'))
    context.values.set(tenantCallKey, { caller, signal: context.signal })
  } catch (error) {
    throw told(error)
  }
}

/** Each member has a rate of their own, and messages the size of all others. */
export const limitedByMember: Interceptor = (next) => async (request) => {
  try {
    const caller = request.contextValues.get(tenantCallKey)?.caller
    if (!caller) throw refusal('token_missing')
    await withinRate('A member', [caller.tenantId, caller.environment, caller.member.id])
    refuseTooLarge(request)
    return await next(request)
  } catch (error) {
    throw told(error)
  }
}
