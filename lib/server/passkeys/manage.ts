import type { Passkey, PasskeyList } from '#lib/contract/passkeys.ts'
import { record } from '../audit/audit.ts'
import { administers, type Caller, concerning, holds, placeOf } from '../caller.ts'
import { lacking } from '../lacking.ts'
import { Problem } from '../problem.ts'
import { type Noted, removePasskey } from './remove.ts'
import { hasPasskey, listPasskeys, type Recorded, renamePasskey, type StoredPasskey } from './store.ts'
import { passkeyGone, userOfToken } from './user-token.ts'
import { passkeyView } from './view.ts'

/**
 * Lists passkeys: with a user's token that user's own, with `passkeys:manage` those of a username or of all.
 *
 * @throws Problem insufficient_scope, token_invalid
 */
export async function list(
  caller: Caller,
  query: { username?: string | undefined; limit: number; cursor?: string | undefined },
  userToken?: string,
): Promise<PasskeyList> {
  const owner = await ownerOf(caller, userToken)
  if (owner) concerning(caller, { id: owner.userId, username: owner.username })
  if (owner && query.username !== undefined && query.username !== owner.username) {
    throw new Problem('insufficient_scope', `The token is ${owner.username}’s; it shows nobody else’s passkeys.`)
  }
  const filter = owner ? { userId: owner.userId } : query.username === undefined ? {} : { username: query.username }
  const rows = await listPasskeys(placeOf(caller), filter, query.limit + 1, query.cursor)
  const page = rows.slice(0, query.limit)
  return { data: page.map(passkeyView), nextCursor: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null }
}

/**
 * Renames a passkey.
 *
 * @throws Problem not_found (another's passkey is as unknown as one that never existed), insufficient_scope, token_invalid
 */
export async function rename(caller: Caller, id: string, name: string, userToken?: string): Promise<Passkey> {
  return renameOf(caller, id, name, (await ownerOf(caller, userToken))?.userId)
}

/** The same for whoever was found to be allowed it: of any user, or of one. */
export async function renameOf(caller: Caller, id: string, name: string, userId: string | undefined): Promise<Passkey> {
  const after = await renamePasskey(placeOf(caller), id, name, userId, renamed(caller))
  if (!after) throw unknown()
  concerning(caller, after.user)
  return passkeyView(after)
}

/**
 * Deletes a passkey here, and ends the sessions and grants that it signed in; the authenticator keeps its copy.
 *
 * @throws Problem not_found, insufficient_scope, token_invalid
 */
export async function remove(caller: Caller, id: string, userToken?: string): Promise<PasskeyRemoved> {
  return removeOf(caller, id, (await ownerOf(caller, userToken))?.userId)
}

/** Whose passkey it was, and whether it was their last, and they went with it. */
export interface PasskeyRemoved {
  userId: string
  userGone: boolean
}

/** The same for whoever was found to be allowed it: of any user, or of one. */
export async function removeOf(caller: Caller, id: string, userId: string | undefined): Promise<PasskeyRemoved> {
  const removed = await removePasskey(placeOf(caller), id, { userId }, deleted(caller))
  if (!removed || removed === 'last') throw unknown()
  return removed
}

/**
 * Whose passkeys the caller may touch: the token's user; with `passkeys:manage` anybody's (undefined), but of an access
 * token only those of the user that it acts for.
 */
async function ownerOf(
  caller: Caller,
  userToken: string | undefined,
): Promise<{ userId: string; username: string } | undefined> {
  if (userToken !== undefined) return userOfToken(caller, userToken)
  if (administers(caller, 'passkeys:manage')) return undefined
  if (caller.user && holds(caller, 'passkeys:manage')) {
    const { id: userId, username, passkeyId } = caller.user
    if (!(await hasPasskey(passkeyId))) throw passkeyGone('access token')
    return { userId, username }
  }
  throw lacking(caller, 'passkeys:manage', 'This needs passkeys:manage, or the user’s own token in X-User-Token.')
}

function renamed(caller: Caller): Recorded {
  return (tx, after, before) =>
    record(tx, caller.actor, {
      ...placeOf(caller),
      action: 'passkey.renamed',
      target: { id: before.id, name: before.name },
      user: before.user,
      before: audited(before),
      after: audited(after),
    })
}

/** The audit log's event of a deletion. */
export function deleted(caller: Caller): Noted {
  return (tx, passkey, ended) => {
    concerning(caller, passkey.user)
    return record(tx, caller.actor, {
      ...placeOf(caller),
      action: 'passkey.deleted',
      target: { id: passkey.id, name: passkey.name },
      user: passkey.user,
      before: audited(passkey),
      after: ended,
    })
  }
}

function audited({ name, user, credentialId }: StoredPasskey): object {
  return { name, username: user.username, credentialId }
}

function unknown(): Problem {
  return new Problem('not_found', 'No such passkey.')
}
