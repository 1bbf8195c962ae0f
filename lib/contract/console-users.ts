import { z } from 'zod'
import { environment } from './environment.ts'
import { page, pageOf } from './page.ts'
import { userDetail, usersQuery, userView } from './users.ts'

// A tenant's users, as the Console's pages see them.

/** A user in the list: with the passkeys that came last, three at most, newest first; and how many apps they let in. */
export const consoleUser = userView.extend({
  passkeys: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      provider: z.string().nullable(),
      deviceType: z.enum(['singleDevice', 'multiDevice']),
    }),
  ),
  apps: z.int(),
})
export type ConsoleUser = z.infer<typeof consoleUser>

export const consoleUsersQuery = usersQuery.extend({ environment: environment.default('test') })
export type ConsoleUsersQuery = z.input<typeof consoleUsersQuery>

/** `total`: how many there are on all pages; 1,001 stands for more than a thousand. */
export const consoleUserList = pageOf(consoleUser).extend({ total: z.int() })
export type ConsoleUserList = z.infer<typeof consoleUserList>

/** Where a user is signed in at the pages of the authorization server. */
export const userSession = z.object({
  id: z.string(),
  /** The name of the passkey that began it. */
  passkey: z.string(),
  signedInAt: z.iso.datetime().nullable(),
  expiresAt: z.iso.datetime(),
  /** Null where they are not known. */
  userAgent: z.string().nullable(),
  address: z.string().nullable(),
})
export type UserSession = z.infer<typeof userSession>

/** What a user let an app do. */
export const userApp = z.object({
  clientId: z.string(),
  name: z.string(),
  scopes: z.array(z.string()),
  since: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
})
export type UserApp = z.infer<typeof userApp>

/** A user with all that they could come with. */
export const consoleUserDetail = userDetail.extend({
  environment,
  sessions: z.array(userSession),
  apps: z.array(userApp),
  /** In the last 30 days; 10,001 stands for more than ten thousand. Those that were refused are not all written down. */
  signIns: z.object({ good: z.int(), refused: z.int() }),
})
export type ConsoleUserDetail = z.infer<typeof consoleUserDetail>

/** What is known of a user, newest first: events of the audit log. */
export const timelineQuery = z.strictObject(page)
