import type { Scope } from '#lib/contract/scopes.ts'
import { type Caller, fullCaller, system } from '../caller.ts'
import { consoleTenantId } from '../tenants/tenants.ts'
import { ownTenant } from './store.ts'

let made: ReturnType<typeof ownTenant> | undefined

/**
 * The Console as a caller of the passkey ceremonies. Members are users of a tenant of its own: no API key is of it, and so
 * none can reach them.
 *
 * @param scopes by default none: what is refused is not explained, and nobody's passkeys can be added to
 */
export async function consoleCaller(...scopes: Scope[]): Promise<Caller> {
  made ??= ownTenant(consoleTenantId, 'WebAuthn Playground Console').catch((error) => {
    made = undefined
    throw error
  })
  return { ...fullCaller(await made, 'live', system), scopes: new Set(scopes) }
}
