import { z } from 'zod'
import { money } from './account.ts'
import { environment } from './environment.ts'
import { plainText } from './plain-text.ts'

// What stands around every page of the Console, and what is found from there.

export const frameQuery = z.strictObject({ environment: environment.default('test') })

/** What the navigation says beside its entries. */
export const frameView = z.object({
  users: z.int(),
  clients: z.int(),
  /** Those that work; 1,001 stands for more than a thousand. */
  keys: z.int(),
  webhooks: z.int(),
  /** Endpoints that nothing reaches, and those that the server turned off for it. */
  failingWebhooks: z.int(),
  balance: money,
})
export type FrameView = z.infer<typeof frameView>

export const findQuery = z.strictObject({
  environment: environment.default('test'),
  q: plainText(128)
    .transform((text) => text.trim())
    .pipe(z.string().min(1, 'is blank')),
})

/** One thing that a text names. */
export const foundItem = z.object({
  kind: z.enum(['user', 'key', 'client', 'webhook', 'mpc_key', 'request']),
  id: z.string(),
  environment,
  /** How people know it. */
  name: z.string(),
  /** What tells it from others of that name: a key's hint, a client's id, who an MPC key is of,
   * what came of a request. */
  hint: z.string().nullable(),
  /** Of a user: how many passkeys, and when one of them was used last. */
  passkeys: z.int().optional(),
  lastUsedAt: z.iso.datetime().nullable().optional(),
})
export type FoundItem = z.infer<typeof foundItem>

/** At most five of each kind. */
export const foundList = z.object({ data: z.array(foundItem) })
export type FoundList = z.infer<typeof foundList>
