import { z } from 'zod'
import { environment } from './environment.ts'
import { page, pageOf } from './page.ts'

// A tenant's keys at the MPC server, as the Console's pages see them.

/** A key, and whose it is. Of what signs, there is nothing here. */
export const mpcKeyView = z.object({
  id: z.string(),
  /** The name is null for a user who is gone. */
  user: z.object({ id: z.string(), username: z.string().nullable() }),
  environment,
  label: z.string(),
  suite: z.enum(['ed25519', 'schnorr-secp256k1']),
  threshold: z.int(),
  /** Every holder of a share, the server among them. */
  parties: z.array(z.string()),
  /** As signatures verify under it, in base64url. */
  publicKey: z.string(),
  /** `maxPerHour`: null for no limit. */
  policy: z.object({ approval: z.enum(['always', 'never']), maxPerHour: z.int().nullable() }),
  /** Empty: it is not frozen. Who froze it unfreezes it. */
  frozenBy: z.array(z.enum(['user', 'tenant'])),
  /** How often its shares were made anew. */
  resharings: z.int(),
  signatures: z.int(),
  createdAt: z.iso.datetime(),
  lastSignedAt: z.iso.datetime().nullable(),
})
export type MpcKeyView = z.infer<typeof mpcKeyView>

/**
 * Which keys; newest first. `q` is a whole id, what a label or username begins with, or, among the newest 2,000 keys and users, a
 * part of them in either case of letters.
 */
export const mpcKeysQuery = z.strictObject({
  ...page,
  environment: environment.default('test'),
  /** A user's id. */
  user: z.string().max(64).optional(),
  q: z.string().max(64).optional(),
  frozen: z.enum(['yes', 'no']).optional(),
})
export type MpcKeysQuery = z.input<typeof mpcKeysQuery>

/** `total`: how many there are on all pages; 1,001 stands for more than a thousand. */
export const mpcKeyList = pageOf(mpcKeyView).extend({ total: z.int() })
export type MpcKeyList = z.infer<typeof mpcKeyList>

/** Where a key is: nothing else in its path says that. */
export const mpcKeyPlace = z.strictObject({ environment })
