import type { Passkey, PasskeyList } from '#lib/contract/passkeys.ts'
import { record } from '../audit/audit.ts'
import { administers, type Caller, holds, placeOf } from '../caller.ts'
import { lacking } from '../lacking.ts'
import { Problem } from '../problem.ts'
import { verify } from '../tokens/tokens.ts'
import { listPasskeys, type Recorded, removePasskey, renamePasskey } from './store.ts'
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
  const owner = await ownerOf(caller, userToken)
  const renamed = await renamePasskey(placeOf(caller), id, name, owner?.userId, recorded(caller, 'passkey.renamed'))
  if (!renamed) throw unknown()
  return passkeyView(renamed)
}

/**
 * Deletes a passkey here; the authenticator keeps its copy.
 *
 * @throws Problem not_found, insufficient_scope, token_invalid
 */
export async function remove(caller: Caller, id: string, userToken?: string): Promise<void> {
  const owner = await ownerOf(caller, userToken)
  const removed = await removePasskey(placeOf(caller), id, owner?.userId, recorded(caller, 'passkey.deleted'))
  if (!removed) throw unknown()
}

/**
 * Whose passkeys the caller may touch: the token's user; with `passkeys:manage` anybody's (undefined), but of an access
 * token only those of the user that it acts for.
 */
async function ownerOf(
  caller: Caller,
  userToken: string | undefined,
): Promise<{ userId: string; username: string } | undefined> {
  if (userToken !== undefined) return verify(caller, userToken)
  if (administers(caller, 'passkeys:manage')) return undefined
  if (caller.user && holds(caller, 'passkeys:manage')) return { userId: caller.user.id, username: caller.user.username }
  throw lacking(caller, 'passkeys:manage', 'This needs passkeys:manage, or the user’s own token in X-User-Token.')
}

function recorded(caller: Caller, action: 'passkey.renamed' | 'passkey.deleted'): Recorded {
  return (tx, after, before) =>
    record(tx, caller.actor, {
      ...placeOf(caller),
      action,
      target: { id: before.id, name: before.name },
      before: { name: before.name, username: before.user.username, credentialId: before.credentialId },
      after: after && { name: after.name, username: after.user.username, credentialId: after.credentialId },
    })
}

function unknown(): Problem {
  return new Problem('not_found', 'No such passkey.')
}
