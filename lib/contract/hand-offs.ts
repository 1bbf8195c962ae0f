import { z } from 'zod'
import { optional } from './optional.ts'
import { username } from './username.ts'

const longestOptions = 16_384

const members = optional(z.record(z.string().max(64), z.unknown()), 'dictionary')

/** The options of both ceremonies under WebAuthn’s names, as the page that is handed on has them: nothing here reads them. */
export const handOffOptions = z.strictObject({ registration: members, authentication: members })
export type HandOffOptions = z.infer<typeof handOffOptions>

/** What the phone begins with, besides a key of its own. */
export const handOffCreate = z.strictObject({
  username: optional(username),
  options: optional(
    handOffOptions.refine(
      (options) => JSON.stringify(options).length <= longestOptions,
      `are longer than ${longestOptions} characters`,
    ),
    'dictionary',
  ),
  /** The id of one that this key made before: while it is open, it ends. */
  replaces: optional(z.string().max(64)),
})
export type HandOffCreate = z.input<typeof handOffCreate>

/** What was made. The code stands behind the `#` of `url`, which no browser sends; it is here and nowhere else. */
export const handOffCreated = z.object({ id: z.string(), url: z.url(), expiresAt: z.iso.datetime() })
export type HandOffCreated = z.infer<typeof handOffCreated>

/** How far it is. `ended`: the key that it was made with works no more, or another was made in its place. */
export const handOffView = z.object({
  id: z.string(),
  status: z.enum(['open', 'taken', 'expired', 'ended']),
  expiresAt: z.iso.datetime(),
  takenAt: z.iso.datetime().nullable(),
})
export type HandOffView = z.infer<typeof handOffView>

export const handOffTake = z.strictObject({
  code: z.string().min(1, 'is empty').max(64, 'is longer than 64 characters'),
})
export type HandOffTake = z.input<typeof handOffTake>

/** What the phone is given: a test key of its own, whose secret is here and nowhere else, and what it begins with. */
export const handOffTaken = z.object({
  tenant: z.object({ id: z.string(), name: z.string() }),
  key: z.object({
    id: z.string(),
    secret: z.string(),
    hint: z.string(),
    scopes: z.array(z.string()),
    expiresAt: z.iso.datetime(),
  }),
  username: z.string().nullable(),
  options: handOffOptions.nullable(),
})
export type HandOffTaken = z.infer<typeof handOffTaken>
