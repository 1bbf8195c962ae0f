import type { AccountPasskey } from '#lib/contract/oauth.ts'
import type { AuthenticateBegun, RegisterBegun } from '#lib/contract/passkeys.ts'
import { record } from '../audit/audit.ts'
import { assertion } from '../passkeys/assertion.ts'
import { beginAuthentication } from '../passkeys/begin-authentication.ts'
import { beginRegistration } from '../passkeys/begin-registration.ts'
import { recorded, register } from '../passkeys/finish-registration.ts'
import { deleted } from '../passkeys/manage.ts'
import { ownPasskeys, removeOwn, renameOwn } from '../passkeys/own.ts'
import { Problem } from '../problem.ts'
import { actFor } from '../tenants/tenants.ts'
import type { Cookies } from './cookies.ts'
import { type From, onOwnPages } from './own-pages.ts'
import { type Present, present } from './signed-in-here.ts'

// A user's own passkeys, on their own page. Whoever finds the browser open can look, and name them; to add or delete one
// takes an assertion that was asked for that alone.

type Confirmation = Parameters<typeof assertion>[1]
type Attestation = Parameters<typeof register>[1]

const registration = { authenticatorSelection: { residentKey: 'required' } } as const

/** What a user confirms: to add a passkey, or to delete the one of an id. */
export type Confirmed = 'add' | { delete: string }

/** The passkeys of whoever is signed in, oldest first. */
export async function passkeysOf({ place, user, session }: Present): Promise<AccountPasskey[]> {
  const all = await ownPasskeys(await actFor(place.tenantId, place.environment), user.id)
  return all.map(({ id, name, provider, deviceType, createdAt, lastUsedAt }) => ({
    ...{ id, name, provider, createdAt, lastUsedAt },
    synced: deviceType === 'multiDevice',
    current: id === session.passkeyId,
  }))
}

/**
 * Asks for an assertion by one of the user's own passkeys.
 *
 * @throws Problem session_required
 */
export async function beginConfirmation(
  cookies: Cookies,
  confirmed: Confirmed,
  from: From,
): Promise<AuthenticateBegun> {
  const by = await present(cookies)
  const purpose = purposeOf(by, confirmed)
  return beginAuthentication(await callerOf(by, from), { username: by.user.username, purpose })
}

/**
 * Begins the registration of a further passkey.
 *
 * @throws Problem session_required, ceremony_unknown, verification_failed
 */
export async function beginPasskey(cookies: Cookies, confirmation: Confirmation, from: From): Promise<RegisterBegun> {
  const by = await present(cookies)
  const caller = await callerOf(by, from)
  const allowedBy = await confirmedBy(by, 'add', confirmation, from)
  return beginRegistration(caller, { username: by.user.username, options: registration, allowedBy })
}

/**
 * Ends it.
 *
 * @throws Problem session_required, ceremony_unknown, verification_failed, passkey_exists, token_invalid where the passkey
 *   that allowed it is gone
 */
export async function finishPasskey(cookies: Cookies, finish: Attestation, from: From): Promise<void> {
  const by = await present(cookies)
  const caller = await callerOf(by, from)
  const noted = recorded(caller)
  await register(caller, finish, async (tx, user, ...made) => {
    if (user.id !== by.user.id) throw new Problem('ceremony_unknown', 'This registration is another’s. Begin again.')
    await noted(tx, user, ...made)
  })
}

/**
 * Renames one.
 *
 * @throws Problem session_required, not_found
 */
export async function renamePasskey(cookies: Cookies, id: string, name: string, from: From): Promise<void> {
  const by = await present(cookies)
  const caller = await callerOf(by, from)
  await renameOwn(caller, by.user.id, id, name, (tx, before) => {
    const target = { id, name: before.name }
    return record(tx, caller.actor, { ...by.place, action: 'passkey.renamed', target, before, after: { name } })
  })
}

/**
 * Deletes one, and ends the sessions and grants that it signed in; never the last.
 *
 * @throws Problem session_required, ceremony_unknown, verification_failed, not_found, invalid_request for the last one
 */
export async function deletePasskey(
  cookies: Cookies,
  id: string,
  confirmation: Confirmation,
  from: From,
): Promise<void> {
  const by = await present(cookies)
  const caller = await callerOf(by, from)
  await confirmedBy(by, { delete: id }, confirmation, from)
  await removeOwn(caller, by.user.id, id, deleted(caller))
}

/** The passkey that a user confirmed something with: their own, for that alone, in this session. */
async function confirmedBy(by: Present, confirmed: Confirmed, confirmation: Confirmation, from: From): Promise<string> {
  const purpose = purposeOf(by, confirmed)
  const { user, passkey } = await assertion(await callerOf(by, from), confirmation, (asked) => asked === purpose)
  if (user.id === by.user.id) return passkey.id
  throw new Problem('verification_failed', 'The credential was not accepted.', { status: 401 })
}

function purposeOf({ session }: Present, confirmed: Confirmed): string {
  return `account ${session.uid} ${confirmed === 'add' ? 'add' : `delete ${confirmed.delete}`}`
}

/** The user in ceremonies of their own, on these pages alone. */
async function callerOf({ place, user }: Present, { address, requestId }: From) {
  const actor = { type: 'user', id: user.id, name: user.username, address: address ?? null, requestId } as const
  const caller = onOwnPages(await actFor(place.tenantId, place.environment, actor))
  return { ...caller, scopes: new Set(['passkeys:manage'] as const) }
}
