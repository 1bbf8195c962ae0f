import type { z } from 'zod'
import type { UserDetail, UserList, UserView, usersQuery } from '#lib/contract/users.ts'
import { record } from '../../audit/audit.ts'
import { administers, type Caller, placeOf } from '../../caller.ts'
import { keepAnswers } from '../../kept-answers.ts'
import { lacking } from '../../lacking.ts'
import { invalid, Problem } from '../../problem.ts'
import { ownPasskeys } from '../own.ts'
import { removeUser } from '../remove.ts'
import { cursorAfter, readCursor } from './cursor.ts'
import * as store from './store.ts'

const keepCount = keepAnswers<number>((users) => users >= 2_000)

/**
 * A page of the environment's users: newest first, as lists of what grows are; with the beginning of a username those that
 * have it, by name, which is the order that finds them.
 *
 * @throws Problem insufficient_scope; invalid_request for a cursor that is none of this list
 */
export async function listUsers(caller: Caller, query: z.output<typeof usersQuery>): Promise<UserList> {
  checkAdministers(caller)
  const { username: beginning, limit, cursor } = query
  const after = cursor === undefined ? undefined : readCursor(cursor, beginning !== undefined)
  if (after === null) throw invalid('cursor', 'is none of this list: leave it out to begin anew')
  const rows = await store.listUsers(placeOf(caller), { beginning, after }, limit + 1)
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return { data: page.map(viewOf), nextCursor: last ? cursorAfter(last, beginning !== undefined) : null }
}

/** How many users there are in all, or with a beginning of their username; no more than `most` are counted. */
export function countUsers(caller: Caller, beginning: string | undefined, most: number): Promise<number> {
  return store.countUsers(placeOf(caller), beginning, most)
}

/**
 * How many users there are in all; no more than `most` are counted. Of thousands, what was counted within the last minute: each
 * of them is gone through for it.
 */
export function aboutHowManyUsers(caller: Caller, most: number): Promise<number> {
  const { tenantId, environment } = placeOf(caller)
  return keepCount(`${tenantId} ${environment} ${most}`, () => countUsers(caller, undefined, most))
}

/** The first users by name whose username begins so: what a search offers while somebody types. */
export async function findUsers(caller: Caller, beginning: string, most = 5): Promise<UserView[]> {
  const text = beginning.normalize('NFC')
  return text ? (await store.listUsers(placeOf(caller), { beginning: text }, most)).map(viewOf) : []
}

/** The users who came last, newest first. */
export async function newestUsers(caller: Caller, most: number): Promise<UserView[]> {
  return (await store.listUsers(placeOf(caller), {}, most)).map(viewOf)
}

/**
 * A user with their passkeys.
 *
 * @throws Problem not_found, also for another tenant's or environment's; insufficient_scope
 */
export async function readUser(caller: Caller, id: string): Promise<UserDetail> {
  checkAdministers(caller)
  const user = await store.readUser(placeOf(caller), id)
  if (!user) throw unknown()
  return { ...viewOf(user), passkeys: await ownPasskeys(caller, id) }
}

/**
 * Deletes a user with all passkeys, and what those opened: sessions, apps' grants with their tokens, and the user's own
 * tokens wherever they are shown to this server. What happened stays in audit log, usage and ledger. MPC keys are
 * `deletePerson`'s matter.
 *
 * @throws Problem not_found, also for one who was deleted already; insufficient_scope
 */
export async function deleteUser(caller: Caller, id: string): Promise<void> {
  checkAdministers(caller)
  const removed = await removeUser(placeOf(caller), id, (tx, { username, displayName, passkeys }, ended) =>
    record(tx, caller.actor, {
      ...placeOf(caller),
      action: 'user.deleted',
      target: { id, name: username },
      user: { id, username },
      before: { username, displayName, passkeys: passkeys.map(({ name }) => name) },
      after: ended,
    }),
  )
  if (!removed) throw unknown()
}

/** An app that acts for a user sees and deletes nobody, whatever the user let it do with their passkeys. */
function checkAdministers(caller: Caller): void {
  if (administers(caller, 'passkeys:manage')) return
  throw lacking(caller, 'passkeys:manage', 'This needs passkeys:manage, and is not for tokens that act for a user.')
}

function viewOf({ id, username, displayName, createdAt, lastUsedAt, passkeyCount }: store.ListedUser): UserView {
  return {
    ...{ id, username, displayName, passkeyCount },
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  }
}

function unknown(): Problem {
  return new Problem('not_found', 'No such user.')
}
