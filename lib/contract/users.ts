import { z } from 'zod'
import { page, pageOf } from './page.ts'
import { passkey, user } from './passkeys.ts'
import { plainText } from './plain-text.ts'
import { whyNoLength } from './username-shape.ts'

/** A tenant's user, as lists show them. */
export const userView = user.extend({
  createdAt: z.iso.datetime(),
  /** When one of the passkeys that they have was last used. Null: never since it was registered. */
  lastUsedAt: z.iso.datetime().nullable(),
  passkeyCount: z.int(),
})
export type UserView = z.infer<typeof userView>

/** One user with their passkeys, oldest first: at most 100 of them. */
export const userDetail = userView.extend({ passkeys: z.array(passkey) })
export type UserDetail = z.infer<typeof userDetail>

export const userList = pageOf(userView)
export type UserList = z.infer<typeof userList>

/** What usernames begin with, in NFC as they are kept; upper and lower case are two things. */
const beginning = z
  .string()
  .max(512, 'is longer than 64 characters')
  .transform((text) => text.normalize('NFC'))
  .superRefine((text, context) => {
    const message = whyNoLength(text)
    if (message) context.addIssue({ code: 'custom', message })
  })

/** Which users: without `username` all, newest first; with it those whose name begins so, by name. */
export const usersQuery = z.strictObject({
  ...page,
  /** It says a place in the order, so that whoever deletes what it came from loses nothing. */
  cursor: plainText(512).optional(),
  username: beginning.optional(),
})
export type UsersQuery = z.input<typeof usersQuery>
