import Provider, { type AdapterPayload } from 'oidc-provider'
import type { Place } from '../../caller.ts'
import { payloadOf, recordId, rememberId } from '../records.ts'
import { telling } from '../unavailable.ts'
import * as records from './store.ts'

// A refresh asks for the token, then for its grant, then for its user; whoever redeems a device code uses that up, and asks for
// its grant then. They are read together, and what was read with the token or code is for the request that presents it: whoever
// comes later with a code that is used up ends its grant, and takes nothing from the one that came first.

interface Presented {
  /** As the token names it; undefined once it was given. */
  grantId: string | undefined
  grant: records.FoundToken['grant']
  user: records.FoundToken['user']
}

const store = telling(records)
const presented = new WeakMap<object, Presented>()

/** A refresh token or device code by what it is; its grant and its user wait for who asks next. */
export async function findPresented(
  kind: 'RefreshToken' | 'DeviceCode',
  name: string,
): Promise<AdapterPayload | undefined> {
  const { ctx } = Provider
  const found = await store.findToken(recordId(kind, name))
  if (!found) return undefined
  const payload = payloadOf(kind, found)
  const { grantId } = payload
  if (grantId && found.grant) rememberId('Grant', grantId, found.grant.id)
  if (ctx) presented.set(ctx.req, { grantId, grant: found.grant, user: found.user })
  return payload
}

/** The grant of the refresh token or device code that this request presents, for once; undefined for another one. */
export function grantPresented(id: string): AdapterPayload | undefined {
  const known = Provider.ctx && presented.get(Provider.ctx.req)
  if (!known?.grant || known.grantId !== id) return undefined
  known.grantId = undefined
  return payloadOf('Grant', known.grant)
}

/** The user of the refresh token or device code that the request presents; undefined for another one, or in another place. */
export function userPresented(request: object, { tenantId, environment }: Place, id: string) {
  const { user } = presented.get(request) ?? {}
  const isThere = user?.id === id && user.tenantId === tenantId && user.environment === environment
  return isThere ? user : undefined
}
