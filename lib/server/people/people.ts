import type { z } from 'zod'
import type { ConsoleUser, ConsoleUserDetail, ConsoleUserList, consoleUsersQuery } from '#lib/contract/console-users.ts'
import { signInsOfUser } from '../audit/audit.ts'
import { type Caller, placeOf } from '../caller.ts'
import { clock } from '../clock.ts'
import { appsOf, countApps, sessionsOf } from '../oauth/of-user/of-user.ts'
import { newestPasskeys } from '../passkeys/own.ts'
import { aboutHowManyUsers, countUsers, listUsers, readUser } from '../passkeys/users/users.ts'

// A tenant's users with all that they have in other domains, for the Console's pages.

// More of them are not counted for a page that is open.
const mostUsers = 1_000
const passkeysShown = 3
const signInDays = 30

/**
 * A page of users with what a list shows of each.
 *
 * @throws Problem invalid_request for a cursor that is none
 */
export async function listPeople(caller: Caller, query: z.output<typeof consoleUsersQuery>): Promise<ConsoleUserList> {
  const [{ data, nextCursor }, total] = await Promise.all([
    listUsers(caller, query),
    query.username === undefined
      ? aboutHowManyUsers(caller, mostUsers + 1)
      : countUsers(caller, query.username, mostUsers + 1),
  ])
  const ids = data.map(({ id }) => id)
  const [passkeys, apps] = await Promise.all([newestPasskeys(ids, passkeysShown), countApps(ids)])
  const people = data.map(
    (user): ConsoleUser => ({ ...user, passkeys: passkeys.get(user.id) ?? [], apps: apps.get(user.id) ?? 0 }),
  )
  return { data: people, nextCursor, total }
}

/**
 * A user with passkeys, sessions and apps.
 *
 * @throws Problem not_found
 */
export async function readPerson(caller: Caller, id: string): Promise<ConsoleUserDetail> {
  const user = await readUser(caller, id)
  const since = new Date(clock.now() - signInDays * 86_400_000)
  const [sessions, apps, signIns] = await Promise.all([
    sessionsOf(id),
    appsOf(id),
    signInsOfUser(placeOf(caller), id, since),
  ])
  return { ...user, environment: caller.environment, sessions, apps, signIns }
}
